using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Ranking;

/// <summary>How engagement moves a relevant campaign up or down.</summary>
internal sealed record RankingOptions
{
    public const string Section = "Recommender:Hybrid:Ranking";

    /// <summary>Largest relative change of a score by engagement, up or down; 0 ranks by relevance alone.</summary>
    [Range(0, 1)]
    public float EngagementInfluence { get; init; } = 0.3f;
}
