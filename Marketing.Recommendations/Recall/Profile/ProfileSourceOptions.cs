using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.Profile;

/// <summary>How much it counts that the user talks like a campaign's customers.</summary>
internal sealed record ProfileSourceOptions
{
    public const string Section = "Recommender:Hybrid:Profile";

    /// <summary>Weight of this source in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 3f;
}
