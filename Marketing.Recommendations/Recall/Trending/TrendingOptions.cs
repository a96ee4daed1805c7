using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.Trending;

/// <summary>How much it counts that a campaign does better than it used to.</summary>
internal sealed record TrendingOptions
{
    public const string Section = "Recommender:Hybrid:Trending";

    /// <summary>Weight in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 0.02f;

    /// <summary>How many times the usual activity counts as a score of 1.</summary>
    [Range(1.1, 1000)]
    public float FullTrend { get; init; } = 8f;
}
