using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Marketing.Tests.Servers;

namespace Marketing.Tests.Stores.Kafka;

/// <summary>A separate topic and dead-letter topic on the broker of <c>ConnectionStrings__kafka</c>.</summary>
internal sealed class KafkaTopics : IAsyncDisposable
{
    private readonly IAdminClient _admin;
    private readonly IProducer<string, byte[]> _producer;

    private readonly int _partitions;

    private KafkaTopics(string servers, int partitions)
    {
        _partitions = partitions;
        Servers = servers;
        _admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = servers, LingerMs = 5 }).Build();
    }

    public string Servers { get; }

    public string Topic { get; } = $"test-{Guid.NewGuid():N}";

    public string DeadLetterTopic => Topic + ".dead-letter";

    /// <summary>The consumer group that reads the topic.</summary>
    public string Group => Topic + ".group";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<KafkaTopics> CreateAsync(int partitions = 3)
    {
        var topics = new KafkaTopics(await Server.RequiredAsync("kafka"), partitions);
        await topics._admin.CreateTopicsAsync(
        [
            new TopicSpecification { Name = topics.Topic, NumPartitions = partitions, ReplicationFactor = 1 },
            new TopicSpecification { Name = topics.DeadLetterTopic, NumPartitions = 1, ReplicationFactor = 1 },
        ]);

        // A broker knows a new topic a moment after it was created. Until then a plain consumer gets an error.
        await Eventually.TrueAsync("the broker knows its topics", () => Task.FromResult(
            topics._admin.GetMetadata(TimeSpan.FromSeconds(5)).Topics.Where(one => one.Topic == topics.Topic || one.Topic == topics.DeadLetterTopic)
                .Sum(one => one.Partitions.Count(partition => partition.Leader >= 0)) == partitions + 1));
        return topics;
    }

    /// <summary>Produces chats of a few users; the numbers become event ids.</summary>
    public Task ProduceChatsAsync(int from, int count) => ProduceAsync(Enumerable.Range(from, count).Select(n =>
        ($"u-{n % 7}", $$"""{"eventId":"e-{{n}}","userId":"u-{{n % 7}}","type":"chat","text":"message {{n}}"}""")));

    public Task ProduceAsync(IEnumerable<(string Key, string Value)> messages) => Task.WhenAll(messages.Select(message => _producer.ProduceAsync(
        Topic, new Message<string, byte[]> { Key = message.Key, Value = Encoding.UTF8.GetBytes(message.Value) }, Cancel)));

    /// <summary>Returns how many messages of the topic the group has committed.</summary>
    public async Task<long> CommittedAsync()
    {
        var partitions = Enumerable.Range(0, _partitions).Select(n => new TopicPartition(Topic, n)).ToList();
        var listed = await _admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions(Group, partitions)]);
        return listed[0].Partitions.Sum(partition => Math.Max(0, partition.Offset.Value));
    }

    /// <summary>Returns how many partitions each group member has, fewest first.</summary>
    public async Task<IEnumerable<int>> SharesAsync()
    {
        try
        {
            var described = await _admin.DescribeConsumerGroupsAsync([Group]);
            return described.ConsumerGroupDescriptions[0].Members.Select(member => member.Assignment.TopicPartitions.Count).Order();
        }
        catch (DescribeConsumerGroupsException)
        {
            return []; // A group does not exist before its first member has joined.
        }
    }

    /// <summary>Returns the first messages of the dead-letter topic.</summary>
    public List<ConsumeResult<string, string>> ReadDeadLetters(int count) => Read(DeadLetterTopic, count);

    /// <summary>Returns the first messages of a topic, in any order across partitions.</summary>
    public List<ConsumeResult<string, string>> Read(string topic, int count)
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = Servers,
            GroupId = Guid.NewGuid().ToString("N"),
        }).Build();
        consumer.Assign(Enumerable.Range(0, topic == Topic ? _partitions : 1).Select(n => new TopicPartitionOffset(topic, n, Offset.Beginning)));
        var read = new List<ConsumeResult<string, string>>();
        while (read.Count < count)
        {
            read.Add(consumer.Consume(Cancel));
        }

        return read;
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.DeleteTopicsAsync([Topic, DeadLetterTopic]);
        _producer.Dispose();
        _admin.Dispose();
    }
}
