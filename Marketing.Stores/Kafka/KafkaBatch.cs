using Confluent.Kafka;
using Marketing.Recommender.Ingestion;
using Marketing.Recommender.Model;

namespace Marketing.Stores.Kafka;

/// <summary>Messages taken together: what they say, what could not be read, and how far each partition has then been read.</summary>
internal sealed class KafkaBatch
{
    private readonly Dictionary<TopicPartition, Offset> _next = [];

    public List<Interaction> Interactions { get; } = [];

    public List<(ConsumeResult<byte[], byte[]> Message, FieldError Error)> Rejected { get; } = [];

    public int Count { get; private set; }

    /// <summary>The offsets to commit once everything in the batch is safe.</summary>
    public IEnumerable<TopicPartitionOffset> Offsets => _next.Select(entry => new TopicPartitionOffset(entry.Key, entry.Value));

    public void Add(ConsumeResult<byte[], byte[]> message, InteractionReader reader)
    {
        if (reader.TryRead(message.Message.Value, out var interaction, out var error))
        {
            Interactions.Add(interaction);
        }
        else
        {
            Rejected.Add((message, error));
        }

        _next[message.TopicPartition] = message.Offset + 1;
        Count++;
    }
}
