using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.Kafka;

/// <summary>Settings of the Kafka front door, section <c>Kafka</c>. Kafka is read when <c>ConnectionStrings:kafka</c> is set.</summary>
public sealed record KafkaOptions
{
    /// <summary>The section these are bound from.</summary>
    public const string Section = "Kafka";

    /// <summary>Where interactions come from, keyed by user, one JSON object a message.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]{1,249}")]
    public string Topic { get; init; } = "interactions";

    /// <summary>Where messages go that cannot be read, as they came, with the reason in their headers.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]{1,249}")]
    public string DeadLetterTopic { get; init; } = "interactions.dead-letter";

    /// <summary>Partitions of a topic that is made because it is missing: as many workers can share it.</summary>
    [Range(1, 10_000)]
    public int Partitions { get; init; } = 6;

    /// <summary>The consumer group that all workers share.</summary>
    [Required]
    public string Group { get; init; } = "marketing";

    /// <summary>
    /// True: what is posted to the API goes into the topic first, and the answer means that it is durable there. False: straight into the log.
    /// </summary>
    public bool FrontDoor { get; init; }

    /// <summary>How long the broker may take to acknowledge a message before whoever sent it is asked to send it again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ProduceTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most messages appended in one step.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; init; } = 4_000;

    /// <summary>How long a batch that is not full waits for more.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Partitions are paused while more interactions than this wait to be projected.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPending { get; init; } = 500_000;

    /// <summary>Pause between two attempts to append while the log is down.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
