using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.Popular;

/// <summary>How much it counts that a campaign does well with everybody.</summary>
internal sealed record PopularOptions
{
    public const string Section = "Recommender:Hybrid:Popular";

    /// <summary>Weight in the blend: small, for it is to break ties and to fill, not to lead.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 0.05f;
}
