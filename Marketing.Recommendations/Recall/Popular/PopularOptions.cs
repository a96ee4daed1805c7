using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.Popular;

/// <summary>How much overall popularity counts.</summary>
internal sealed record PopularOptions
{
    public const string Section = "Recommender:Hybrid:Popular";

    /// <summary>Weight of this source in the blend; small, because it should break ties and fill the list, not lead.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 0.05f;
}
