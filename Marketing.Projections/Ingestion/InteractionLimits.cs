using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Ingestion;

/// <summary>How large and how strange what comes in may be. Bound from the section <see cref="Section"/>.</summary>
public sealed record InteractionLimits
{
    /// <summary>Where in the configuration.</summary>
    public const string Section = "Interactions";

    /// <summary>The longest id that every store takes, in Unicode code points.</summary>
    public const int MaxIdLength = 128;

    /// <summary>No interaction is older: what claims to be has a broken clock or a wrong unit.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>Largest interaction as JSON, in bytes.</summary>
    [Range(256, 16 * 1024 * 1024)]
    public int MaxInteractionBytes { get; init; } = 64 * 1024;

    /// <summary>Longest chat text, in Unicode code points.</summary>
    [Range(1, 1_000_000)]
    public int MaxTextLength { get; init; } = 8_000;

    /// <summary>Largest <c>properties</c> object as JSON, in bytes.</summary>
    [Range(2, 1024 * 1024)]
    public int MaxPropertiesBytes { get; init; } = 16 * 1024;

    /// <summary>How deep <c>properties</c> may nest; 1 is an object of plain values.</summary>
    [Range(1, 64)]
    public int MaxPropertiesDepth { get; init; } = 8;

    /// <summary>Most interactions in one JSON array; NDJSON has no such limit.</summary>
    [Range(1, 1_000_000)]
    public int MaxBatchItems { get; init; } = 10_000;

    /// <summary>Largest JSON body, in bytes; its interactions are held in memory until it ends. NDJSON has no such limit.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBatchBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many interactions of a stream are appended in one step.</summary>
    [Range(1, 100_000)]
    public int AppendBatchSize { get; init; } = 4_000;

    /// <summary>Most bytes of all unfinished requests together that are held in memory; further large requests are answered with 503.</summary>
    [Range(1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBytesInFlight { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a sender may send nothing in the middle of a body.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a body that is held until it ends may take to arrive; a stream may take any time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many rejections an answer lists; it counts the others.</summary>
    [Range(1, 10_000)]
    public int MaxListedRejections { get; init; } = 100;

    /// <summary>How far a sender's clock may be ahead of ours.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Ids that no user, campaign or event may have, whatever their case, in place of <see cref="IdPolicy.DefaultRefusedIds"/>.
    /// One empty entry refuses none.
    /// </summary>
    public IReadOnlyList<string>? RefusedIds { get; init; }

    /// <summary>
    /// Ids that no user may have besides, whatever their case, in place of <see cref="IdPolicy.DefaultRefusedUserIds"/>.
    /// One empty entry refuses none.
    /// </summary>
    public IReadOnlyList<string>? RefusedUserIds { get; init; }
}
