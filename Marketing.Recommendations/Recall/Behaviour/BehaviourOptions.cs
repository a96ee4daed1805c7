using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.Behaviour;

/// <summary>How much the user's own interactions count; see also <see cref="Learned.ItemItem.ItemItemOptions"/>.</summary>
internal sealed record BehaviourOptions
{
    public const string Section = "Recommender:Hybrid:Behaviour";

    /// <summary>Weight of this source in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 0.3f;

    /// <summary>
    /// What a conversion on a campaign contributes to similar cold-start campaigns, relative to the best item-item match at 1.
    /// </summary>
    [Range(0, 1)]
    public float Familiarity { get; init; } = 0.25f;
}
