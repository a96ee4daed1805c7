using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Learned;

/// <summary>When the in-memory models are refreshed.</summary>
internal sealed record ModelOptions
{
    public const string Section = "Recommender:Models";

    /// <summary>How often the stores are checked for changes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Timeout of a refresh, after which it is retried.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RefreshTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Growth in interactions that triggers early relearning, as a fraction: 0.25 means 25% more.</summary>
    [Range(0.001, 1000)]
    public double LearnGrowth { get; init; } = 0.25;

    /// <summary>
    /// Number of campaigns kept in memory that are not in the catalog, the most active first. The limit is needed because any sender
    /// can invent ids; the log keeps them all.
    /// </summary>
    [Range(0, 100_000)]
    public int MaxUnlistedCampaigns { get; init; } = 1_000;
}
