using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.Kafka;

/// <summary>Settings of Kafka ingestion, section <c>Kafka</c>. Kafka is read when <c>ConnectionStrings:kafka</c> is set.</summary>
public sealed record KafkaOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Kafka";

    /// <summary>The topic of interactions, keyed by user, one JSON object per message.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]{1,249}")]
    public string Topic { get; init; } = "interactions";

    /// <summary>The topic for rejected messages, copied unchanged with the reason in their headers.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]{1,249}")]
    public string DeadLetterTopic { get; init; } = "interactions.dead-letter";

    /// <summary>The number of partitions of a topic created because it is missing, which limits how many workers can share it.</summary>
    [Range(1, 10_000)]
    public int Partitions { get; init; } = 6;

    /// <summary>The consumer group that all workers share.</summary>
    [Required]
    public string Group { get; init; } = "marketing";

    /// <summary>
    /// True: the API writes to the topic first and answers once the data is durable there. False: it writes straight to the log.
    /// </summary>
    public bool FrontDoor { get; init; }

    /// <summary>How long the broker may take to acknowledge a message before the sender is asked to retry.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ProduceTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum number of messages appended at once.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; init; } = 4_000;

    /// <summary>How long a batch that is not full waits for more messages.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The number of pending interactions above which partitions are paused.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPending { get; init; } = 500_000;

    /// <summary>The delay between two attempts to append while the log is down.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
