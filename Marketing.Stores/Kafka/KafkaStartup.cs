using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Kafka;

/// <summary>Checks that a broker accepts the credentials and creates both topics before anything else starts.</summary>
internal sealed class KafkaStartup(IProducer<byte[], byte[]> producer, KafkaConnection connection, IOptions<KafkaOptions> options) : StoreStartup
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(EnsureAsync, cancellationToken);
        }
        catch (CreateTopicsException exception)
        {
            var failed = exception.Results.First(result => result.Error.IsError && !Exists(result));
            throw new StoreStartupException(
                $"Kafka at {connection} (ConnectionStrings:kafka) has no topic {failed.Topic} and could not create it: {failed.Error.Code}.", exception);
        }
        catch (KafkaException exception)
        {
            throw new StoreStartupException(
                $"Kafka at {connection} does not respond, or it rejected the credentials in ConnectionStrings:kafka ({exception.Error.Code}).", exception);
        }
    }

    private async Task EnsureAsync()
    {
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var there = admin.GetMetadata(Limit).Topics.Select(topic => topic.Topic).ToHashSet(StringComparer.Ordinal);
        TopicSpecification[] missing =
        [
            .. new[] { options.Value.Topic, options.Value.DeadLetterTopic }
                .Where(topic => !there.Contains(topic))
                .Select(topic => new TopicSpecification { Name = topic, NumPartitions = options.Value.Partitions, ReplicationFactor = -1 }),
        ];
        if (missing.Length == 0)
        {
            return;
        }

        try
        {
            await admin.CreateTopicsAsync(missing, new CreateTopicsOptions { RequestTimeout = Limit, OperationTimeout = Limit });
        }
        catch (CreateTopicsException exception) when (exception.Results.All(result => !result.Error.IsError || Exists(result)))
        {
            // Another starting process was faster.
        }
    }

    private static bool Exists(CreateTopicReport result) => result.Error.Code == ErrorCode.TopicAlreadyExists;
}
