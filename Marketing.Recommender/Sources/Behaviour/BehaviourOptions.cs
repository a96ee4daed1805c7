using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommender.Sources.Behaviour;

/// <summary>How much the user's own behaviour counts. What it is made of is in <see cref="Models.ItemItem.ItemItemOptions"/>.</summary>
internal sealed record BehaviourOptions
{
    public const string Section = "Recommender:Hybrid:Behaviour";

    /// <summary>Weight in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 0.3f;
}
