using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.Profile;

/// <summary>How much it counts that somebody talks as a campaign's customers do.</summary>
internal sealed record ProfileSourceOptions
{
    public const string Section = "Recommender:Hybrid:Profile";

    /// <summary>Weight in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 3f;
}
