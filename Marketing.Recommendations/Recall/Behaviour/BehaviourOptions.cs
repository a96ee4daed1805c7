using System.ComponentModel.DataAnnotations;
using Marketing.Recommendations.Learned.ItemItem;

namespace Marketing.Recommendations.Recall.Behaviour;

/// <summary>How much the user's own behavior counts. What it is made of is in <see cref="Learned.ItemItem.ItemItemOptions"/>.</summary>
internal sealed record BehaviourOptions
{
    public const string Section = "Recommender:Hybrid:Behaviour";

    /// <summary>Weight in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 0.3f;

    /// <summary>What a campaign that the user converted on says for a new one about the same; 1 is what goes best with all they did.</summary>
    [Range(0, 1)]
    public float Familiarity { get; init; } = 0.25f;
}
