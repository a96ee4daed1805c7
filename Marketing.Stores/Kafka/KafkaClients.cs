using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Kafka;

/// <summary>Configures the Kafka clients.</summary>
internal static class KafkaClients
{
    /// <summary>Creates a consumer without auto-commit, whose partitions move one by one when workers join and leave.</summary>
    public static IConsumer<byte[], byte[]> Consumer(KafkaConnection connection, IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<KafkaConsumer>>();
        return new ConsumerBuilder<byte[], byte[]>(connection.Apply(new ConsumerConfig
        {
            GroupId = provider.GetRequiredService<IOptions<KafkaOptions>>().Value.Group,
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        }))
            // With these handlers partitions change only while we consume, so that the assignment stays the same between two of our
            // statements.
            .SetPartitionsAssignedHandler((_, partitions) => Log.Assigned(logger, partitions.Count))
            .SetPartitionsRevokedHandler((_, partitions) => Log.Revoked(logger, partitions.Count))
            .SetErrorHandler((_, error) => Log.Broker(logger, error.Code))
            .SetLogHandler((_, _) => { })
            .Build();
    }

    /// <summary>Creates an idempotent producer that waits for all in-sync replicas.</summary>
    public static IProducer<byte[], byte[]> Producer(KafkaConnection connection, IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<KafkaIngestTarget>>();
        var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
        return new ProducerBuilder<byte[], byte[]>(connection.Apply(new ProducerConfig
        {
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            MessageTimeoutMs = (int)provider.GetRequiredService<IOptions<KafkaOptions>>().Value.ProduceTimeout.TotalMilliseconds,
            DeliveryReportFields = "none", // only the acknowledgment matters
        }))
            .SetErrorHandler((_, error) =>
            {
                Log.Broker(logger, error.Code);
                if (error.IsFatal)
                {
                    // An idempotent producer accepts nothing after a fatal error; only a new process gets a new one.
                    Log.Fatal(logger, error.Code);
                    lifetime.StopApplication();
                }
            })
            .SetLogHandler((_, _) => { })
            .Build();
    }
}
