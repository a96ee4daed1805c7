using System.ComponentModel.DataAnnotations;
using Marketing.Recommendations.Learned.Catalog;

namespace Marketing.Recommendations.Reading;

/// <summary>How long a recommendation may wait for each store, and how long an answer is kept.</summary>
internal sealed record PipelineOptions
{
    public const string Section = "Recommender:Pipeline";

    private const string Shortest = "00:00:00.001";
    private const string Longest = "00:01:00";

    /// <summary>For each question to the vector index.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan VectorBudget { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>For each question to the interaction graph.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan GraphBudget { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>For the first reading of the engagement counts; later ones happen in the background.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan EngagementBudget { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For the user's attributes, and for the first reading of the catalog; later ones happen in the background.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan CatalogBudget { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>When a campaign may be recommended whose id is known from interactions alone: <c>Never</c>, <c>WithoutCatalog</c> or <c>Always</c>.</summary>
    [RegularExpression("(?i:Never|WithoutCatalog|Always)", ErrorMessage = Section + ":UnlistedCampaigns must be Never, WithoutCatalog or Always.")]
    public string UnlistedCampaigns { get; init; } = nameof(Learned.Catalog.UnlistedCampaigns.WithoutCatalog);

    /// <summary><see cref="UnlistedCampaigns"/> as it was checked at start.</summary>
    public UnlistedCampaigns Unlisted() => Enum.Parse<UnlistedCampaigns>(UnlistedCampaigns, ignoreCase: true);

    /// <summary>How long an answer is kept unless something happens to its user before, or time changes what may be shown.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan CacheDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an answer is kept that misses a store's contribution: enough to spare the store, not to outlast the outage.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan DegradedCacheDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many bytes of answers are kept in memory at most, as they would be serialized.</summary>
    [Range(1_000_000L, 1_000_000_000_000L)]
    public long CacheBytes { get; init; } = 128L << 20;
}
