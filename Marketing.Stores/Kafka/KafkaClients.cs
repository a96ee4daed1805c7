using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Kafka;

/// <summary>How the clients are set up.</summary>
internal static class KafkaClients
{
    /// <summary>Commits nothing by itself; partitions move one by one when workers come and go.</summary>
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
            // Having them makes partitions come and go while we consume and at no other time: what is assigned does not change
            // between two lines of ours.
            .SetPartitionsAssignedHandler((_, partitions) => Log.Assigned(logger, partitions.Count))
            .SetPartitionsRevokedHandler((_, partitions) => Log.Revoked(logger, partitions.Count))
            .SetErrorHandler((_, error) => Log.Broker(logger, error.Code))
            .SetLogHandler((_, _) => { })
            .Build();
    }

    /// <summary>Idempotent, acknowledged by all in-sync replicas.</summary>
    public static IProducer<byte[], byte[]> Producer(KafkaConnection connection, IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<KafkaFrontDoor>>();
        var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
        return new ProducerBuilder<byte[], byte[]>(connection.Apply(new ProducerConfig
        {
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            MessageTimeoutMs = (int)provider.GetRequiredService<IOptions<KafkaOptions>>().Value.ProduceTimeout.TotalMilliseconds,
            DeliveryReportFields = "none", // whether it was acknowledged is all we ask
        }))
            .SetErrorHandler((_, error) =>
            {
                Log.Broker(logger, error.Code);
                if (error.IsFatal)
                {
                    // An idempotent producer takes nothing after this; a new process starts with a new one.
                    Log.Fatal(logger, error.Code);
                    lifetime.StopApplication();
                }
            })
            .SetLogHandler((_, _) => { })
            .Build();
    }
}
