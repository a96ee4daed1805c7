using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Strategies.Hybrid;

/// <summary>What <c>hybrid</c> reads; each source has its own options for how it is used.</summary>
internal sealed record HybridOptions
{
    public const string Section = "Recommender:Hybrid";

    /// <summary>Number of the user's last messages used; the default matches that of campaign profiles.</summary>
    [Range(1, 100)]
    public int Messages { get; init; } = 8;

    /// <summary>
    /// Weight of each message relative to the next newer one when searching for similar users; 0 uses only the last message.
    /// </summary>
    [Range(0, 1)]
    public float MessageDiscount { get; init; } = 0.3f;
}
