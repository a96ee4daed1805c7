using System.ComponentModel.DataAnnotations;
using Marketing.Recommendations.Learned;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.SimilarUsers;

/// <summary>How users with similar messages vote.</summary>
internal sealed record SimilarUsersOptions
{
    public const string Section = "Recommender:Hybrid:SimilarUsers";

    /// <summary>Weight of this source in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 1f;

    /// <summary>Number of similar users who vote.</summary>
    [Range(1, 250)]
    public int Users { get; init; } = 40;

    /// <summary>Number of campaigns each may vote for, the most recent first.</summary>
    [Range(1, 1000)]
    public int EdgesAUser { get; init; } = 30;

    /// <summary>Exponent on similarity in a vote's weight; higher values favor the nearest users.</summary>
    [Range(0, 64)]
    public float Sharpness { get; init; } = 6f;

    /// <summary>Number of neutral votes at similarity 1 that are added, so that a few distant users do not form a majority.</summary>
    [Range(0, 100)]
    public float UndecidedVotes { get; init; } = 0.3f;

    /// <summary>The strength of each interaction type.</summary>
    [ValidateObjectMembers]
    public InteractionStrength Strength { get; init; } = new();
}
