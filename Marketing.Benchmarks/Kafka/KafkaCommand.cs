using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Marketing.Benchmarks.Log;
using Marketing.Domain.Ports;
using Marketing.Projections;
using Marketing.Stores;
using Marketing.Stores.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Benchmarks.Kafka;

/// <summary>
/// <c>-- kafka --servers HOST:PORT [--count N]</c>: measures ingestion from Kafka into the embedded log, without projection.
/// </summary>
internal static class KafkaCommand
{
    private const int Users = 20_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        if (settings["servers"] is not { Length: > 0 } servers)
        {
            await Console.Error.WriteLineAsync("--servers HOST:PORT must name the broker");
            return 1;
        }

        int count = settings.GetValue("count", 200_000);
        string topic = $"benchmark-{Guid.NewGuid():N}";
        string folder = Directory.CreateTempSubdirectory("marketing-benchmark-").FullName;
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 6 }]);
        try
        {
            await LogCommand.TimeAsync("into the topic", count, () => Task.Run(() => Produce(servers, topic, count)));
            using var host = Build(servers, topic, folder);
            await host.StartAsync();
            var queue = host.Services.GetRequiredService<IInteractionQueue>();
            await AtLeastAsync(queue, 1); // Joining the consumer group takes seconds and is not measured.
            long before = (await queue.BacklogAsync(CancellationToken.None)).Pending;
            await LogCommand.TimeAsync("from the topic into the log", (int)(count - before), () => AtLeastAsync(queue, count));
            await host.StopAsync();
        }
        finally
        {
            await admin.DeleteTopicsAsync([topic, topic + ".dead-letter"]);
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Produce(string servers, string topic, int count)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = servers,
            LingerMs = 20,
            QueueBufferingMaxMessages = count + 1,
        }).Build();
        for (int n = 0; n < count; n++)
        {
            string user = string.Create(CultureInfo.InvariantCulture, $"u-{n * 7919L % Users}");
            string json = string.Create(CultureInfo.InvariantCulture,
                $$"""{"eventId":"e-{{n}}","userId":"{{user}}","type":"view","campaignId":"c-{{n % 1000}}","occurredAt":"2026-01-02T03:04:05Z"}""");
            producer.Produce(topic, new Message<string, byte[]> { Key = user, Value = Encoding.UTF8.GetBytes(json) });
        }

        producer.Flush(CancellationToken.None);
    }

    private static IHost Build(string servers, string topic, string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:DataDirectory", folder),
            new("ConnectionStrings:kafka", servers),
            new("Kafka:Topic", topic),
            new("Kafka:DeadLetterTopic", topic + ".dead-letter"),
            new("Kafka:Group", topic),
            new("Kafka:MaxPending", int.MaxValue.ToString(CultureInfo.InvariantCulture)),
        ]);
        builder.Services.AddLogging().AddMetrics().AddIngestion();
        builder.AddMarketingLog().AddProjections().AddKafkaIngestion();
        return builder.Build();
    }

    private static async Task AtLeastAsync(IInteractionQueue queue, long count)
    {
        while ((await queue.BacklogAsync(CancellationToken.None)).Pending < count)
        {
            await Task.Delay(20);
        }
    }
}
