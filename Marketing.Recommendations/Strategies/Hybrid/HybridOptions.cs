using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Strategies.Hybrid;

/// <summary>What <c>hybrid</c> reads. What its sources make of it is in their own options.</summary>
internal sealed record HybridOptions
{
    public const string Section = "Recommender:Hybrid";

    /// <summary>How many of the user's last messages count; as many as campaign profiles are learned from.</summary>
    [Range(1, 100)]
    public int Messages { get; init; } = 8;

    /// <summary>What each message counts of the one after it when similar users are searched. 0: the last one decides alone.</summary>
    [Range(0, 1)]
    public float MessageDiscount { get; init; } = 0.3f;
}
