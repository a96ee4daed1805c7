using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Ranking;

/// <summary>How engagement moves a relevant campaign up or down.</summary>
internal sealed record RankingOptions
{
    public const string Section = "Recommender:Hybrid:Ranking";

    /// <summary>The share by which a campaign that engages everybody gains, and one that engages nobody loses. 0 ranks by relevance alone.</summary>
    [Range(0, 1)]
    public float EngagementInfluence { get; init; } = 0.3f;
}
