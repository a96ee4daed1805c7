using System.ComponentModel.DataAnnotations;
using Marketing.Recommendations.Learned.Catalog;

namespace Marketing.Recommendations.Reading;

/// <summary>Time budgets for the stores and lifetime of cached answers.</summary>
internal sealed record PipelineOptions
{
    public const string Section = "Recommender:Pipeline";

    private const string Shortest = "00:00:00.001";
    private const string Longest = "00:01:00";

    /// <summary>Time budget for each query to the vector index.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan VectorBudget { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Time budget for each query to the interaction graph.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan GraphBudget { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Time budget for the first read of the engagement counts; later reads are in the background.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan EngagementBudget { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Time budget for the user's attributes and for the first read of the catalog; later reads of the catalog are in the background.
    /// </summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan CatalogBudget { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a store is skipped when at least half of at least five queries within a second failed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", Longest)]
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// When to recommend campaigns that are known only from interactions: <c>Never</c>, <c>WithoutCatalog</c> or <c>Always</c>.
    /// </summary>
    [RegularExpression("(?i:Never|WithoutCatalog|Always)", ErrorMessage = Section + ":UnlistedCampaigns must be Never, WithoutCatalog or Always.")]
    public string UnlistedCampaigns { get; init; } = nameof(Learned.Catalog.UnlistedCampaigns.WithoutCatalog);

    /// <summary>Returns <see cref="UnlistedCampaigns"/>, which is validated at startup, as an enum value.</summary>
    public UnlistedCampaigns Unlisted() => Enum.Parse<UnlistedCampaigns>(UnlistedCampaigns, ignoreCase: true);

    /// <summary>How long an answer is cached, unless its user interacts or time changes what may be shown.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan CacheDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a degraded answer is cached: long enough to spare the failing store, too short to outlast the outage.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan DegradedCacheDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Maximum size of the in-memory answer cache in bytes, estimated from the size of serialized answers.</summary>
    [Range(1_000_000L, 1_000_000_000_000L)]
    public long CacheBytes { get; init; } = 128L << 20;
}
