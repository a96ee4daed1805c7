using System.Diagnostics;
using Confluent.Kafka;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;

namespace Marketing.Stores.Kafka;

/// <summary>A batch of messages: their interactions, the rejected messages, and the next offset of each partition.</summary>
internal sealed class KafkaBatch
{
    private readonly Dictionary<TopicPartition, Offset> _next = [];
    private readonly List<ConsumeResult<byte[], byte[]>> _messages = [];
    private readonly Dictionary<ActivityTraceId, ActivityContext> _traces = [];

    public List<Interaction> Interactions { get; } = [];

    public List<(ConsumeResult<byte[], byte[]> Message, FieldError Error)> Rejected { get; } = [];

    public int Count { get; private set; }

    /// <summary>The traces that the messages belong to, one context each.</summary>
    public IReadOnlyCollection<ActivityContext> Traces => _traces.Values;

    /// <summary>Whether some messages belong to no trace.</summary>
    public bool HasUntraced { get; private set; }

    /// <summary>The offsets to commit once everything in the batch is durable.</summary>
    public IReadOnlyDictionary<TopicPartition, Offset> Next => _next;

    /// <summary>Returns the messages whose event id belongs to another interaction.</summary>
    /// <param name="outcomes">The outcomes of <see cref="Interactions"/>, in the same order.</param>
    public IEnumerable<(ConsumeResult<byte[], byte[]> Message, FieldError Error)> Conflicts(IReadOnlyList<AppendOutcome> outcomes) =>
        _messages.Where((_, i) => outcomes[i] == AppendOutcome.Conflict).Select(static message => (message, AppendCounts.ConflictError));

    public void Add(ConsumeResult<byte[], byte[]> message, InteractionReader reader)
    {
        if (reader.TryRead(message.Message.Value, out var interaction, out var error, message.TopicPartitionOffset.ToString()))
        {
            Interactions.Add(interaction);
            _messages.Add(message);
        }
        else
        {
            Rejected.Add((message, error));
        }

        if (KafkaTrace.Read(message.Message.Headers) is { } trace)
        {
            _traces.TryAdd(trace.TraceId, trace);
        }
        else
        {
            HasUntraced = true;
        }

        _next[message.TopicPartition] = message.Offset + 1;
        Count++;
    }
}
