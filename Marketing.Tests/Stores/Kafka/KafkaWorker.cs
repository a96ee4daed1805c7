using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections;
using Marketing.Stores;
using Marketing.Stores.Kafka;
using Marketing.Tests.Contracts;
using Marketing.Tests.Recommendations;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Kafka;

/// <summary>A process that reads the topics into an embedded log.</summary>
internal sealed class KafkaWorker : IAsyncDisposable
{
    private readonly IHost _host;

    private KafkaWorker(KafkaTopics topics, TemporaryFolder folder, Func<Health>? log, (string Setting, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:DataDirectory", folder.Path),
            new("Storage:Durability", nameof(Durability.ProcessCrash)),
            new("ConnectionStrings:kafka", topics.Servers),
            new("Kafka:Topic", topics.Topic),
            new("Kafka:DeadLetterTopic", topics.DeadLetterTopic),
            new("Kafka:Group", topics.Group),
            new("Kafka:RetryDelay", "00:00:00.1"),
            .. settings.Select(pair => KeyValuePair.Create(pair.Setting, (string?)pair.Value)),
        ]);
        builder.Services.AddLogging().AddMetrics().AddIngestion();
        builder.AddMarketingLog().AddProjections().AddKafkaIngestion();
        if (log is not null)
        {
            Unreliable.Decorate<IInteractionLog>(builder.Services, log);
        }

        _host = builder.Build();
    }

    public IInteractionQueue Queue => _host.Services.GetRequiredService<IInteractionQueue>();

    public IDeadLetters DeadLetters => _host.Services.GetRequiredService<IDeadLetters>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts reading; <paramref name="log"/> returns the log's behavior for each call (null: it works).</summary>
    public static async Task<KafkaWorker> StartAsync(
        KafkaTopics topics, TemporaryFolder folder, Func<Health>? log = null, params (string Setting, string Value)[] settings)
    {
        var worker = new KafkaWorker(topics, folder, log, settings);
        await worker._host.StartAsync(Cancel);
        return worker;
    }

    public async Task<List<Interaction>> InteractionsAsync() =>
        await Sample.AllAsync(_host.Services.GetRequiredService<IInteractionLog>().ScanAsync(1_000, Cancel));

    public async Task<long> CountAsync() => (await _host.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
