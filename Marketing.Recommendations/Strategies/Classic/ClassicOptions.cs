using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Strategies.Classic;

/// <summary>How many users and campaigns <c>classic</c> reads.</summary>
internal sealed record ClassicOptions
{
    public const string Section = "Recommender:Classic";

    /// <summary>K, the number of most similar users.</summary>
    [Range(1, 100)]
    public int SimilarUsers { get; init; } = 5;

    /// <summary>Maximum number of campaigns per similar user, the most recent first.</summary>
    [Range(1, 10_000)]
    public int EdgesAUser { get; init; } = 1_000;
}
