using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Kafka;

/// <summary>Registers Kafka as the front door.</summary>
public static class KafkaRegistration
{
    /// <summary>The name of the connection string: bootstrap servers, <c>host:port[,host:port]</c>.</summary>
    public const string ConnectionName = "kafka";

    /// <summary>Adds the consumer to this process when a Kafka is configured; does nothing otherwise.</summary>
    public static IHostApplicationBuilder AddKafkaIngestion(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is not { Length: > 0 } servers)
        {
            return builder;
        }

        var services = builder.Services;
        services.AddOptions<KafkaOptions>().BindConfiguration(KafkaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => Consumer(servers, provider));
        services.AddSingleton(provider => Producer(servers, provider));
        services.AddSingleton<KafkaDeadLetters>();
        services.AddHostedService<KafkaConsumer>();
        services.AddHealthChecks().AddCheck<KafkaHealthCheck>(ConnectionName, HealthStatus.Degraded);
        return builder;
    }

    private static IConsumer<byte[], byte[]> Consumer(string servers, IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<KafkaConsumer>>();
        return new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = provider.GetRequiredService<IOptions<KafkaOptions>>().Value.Group,
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            AllowAutoCreateTopics = true,
        })
            .SetErrorHandler((_, error) => Log.Broker(logger, error.Code))
            .SetLogHandler((_, _) => { })
            .Build();
    }

    /// <summary>Idempotent, acknowledged by all in-sync replicas.</summary>
    private static IProducer<byte[], byte[]> Producer(string servers, IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<KafkaConsumer>>();
        return new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = servers,
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
        })
            .SetErrorHandler((_, error) => Log.Broker(logger, error.Code))
            .SetLogHandler((_, _) => { })
            .Build();
    }
}
