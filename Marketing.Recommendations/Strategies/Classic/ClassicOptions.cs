using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Strategies.Classic;

/// <summary>How many users <c>classic</c> follows.</summary>
internal sealed record ClassicOptions
{
    public const string Section = "Recommender:Classic";

    /// <summary>K: the users most similar to the one asked for.</summary>
    [Range(1, 100)]
    public int SimilarUsers { get; init; } = 5;

    /// <summary>How many campaigns of each of them at most, the last touched.</summary>
    [Range(1, 10_000)]
    public int EdgesAUser { get; init; } = 1_000;
}
