using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.Trending;

/// <summary>How much a rise in activity counts.</summary>
internal sealed record TrendingOptions
{
    public const string Section = "Recommender:Hybrid:Trending";

    /// <summary>Weight of this source in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 0.02f;

    /// <summary>Ratio of current to usual activity that scores 1.</summary>
    [Range(1.1, 1000)]
    public float FullTrend { get; init; } = 8f;
}
