using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Ingestion;

/// <summary>Limits on ingested data.</summary>
/// <remarks>Bound from the section <see cref="Section"/>.</remarks>
public sealed record InteractionLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Interactions";

    /// <summary>Maximum length of an id in Unicode code points, which every store supports.</summary>
    public const int MaxIdLength = 128;

    /// <summary>The earliest accepted time; anything earlier comes from a broken clock or a wrong unit.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>Maximum size of one interaction as JSON, in bytes.</summary>
    [Range(256, 16 * 1024 * 1024)]
    public int MaxInteractionBytes { get; init; } = 64 * 1024;

    /// <summary>Maximum length of a chat text, in Unicode code points.</summary>
    [Range(1, 1_000_000)]
    public int MaxTextLength { get; init; } = 8_000;

    /// <summary>Maximum size of the <c>properties</c> object as JSON, in bytes.</summary>
    [Range(2, 1024 * 1024)]
    public int MaxPropertiesBytes { get; init; } = 16 * 1024;

    /// <summary>Maximum nesting depth of <c>properties</c>; 1 is an object of plain values.</summary>
    [Range(1, 64)]
    public int MaxPropertiesDepth { get; init; } = 8;

    /// <summary>Maximum number of interactions in a JSON array; NDJSON has no such limit.</summary>
    [Range(1, 1_000_000)]
    public int MaxBatchItems { get; init; } = 10_000;

    /// <summary>Maximum size of a JSON body in bytes, because it is held in memory until it ends; NDJSON has no such limit.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBatchBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Number of interactions of a stream that are appended at a time.</summary>
    [Range(1, 100_000)]
    public int AppendBatchSize { get; init; } = 4_000;

    /// <summary>Maximum bytes of all unfinished requests held in memory together; beyond it, large requests get 503.</summary>
    [Range(1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBytesInFlight { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a sender may pause in the middle of a body.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a JSON body may take to arrive; NDJSON streams may take any time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Number of rejections listed in a response; the rest are only counted.</summary>
    [Range(1, 10_000)]
    public int MaxListedRejections { get; init; } = 100;

    /// <summary>How far a sender's clock may be ahead of the server's.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Ids rejected for users, campaigns and events, ignoring case. Replaces the default list, <see cref="IdPolicy.DefaultRefusedIds"/>;
    /// one empty entry rejects none.
    /// </summary>
    public IReadOnlyList<string>? RefusedIds { get; init; }

    /// <summary>
    /// Ids also rejected for users, ignoring case. Replaces the default list, <see cref="IdPolicy.DefaultRefusedUserIds"/>; one empty
    /// entry rejects none.
    /// </summary>
    public IReadOnlyList<string>? RefusedUserIds { get; init; }
}
