using System.ComponentModel.DataAnnotations;
using Marketing.Recommendations.Learned;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.SimilarUsers;

/// <summary>How the users who said something similar vote.</summary>
internal sealed record SimilarUsersOptions
{
    public const string Section = "Recommender:Hybrid:SimilarUsers";

    /// <summary>Weight in the blend.</summary>
    [Range(0, 100)]
    public float Weight { get; init; } = 1f;

    /// <summary>How many of them vote.</summary>
    [Range(1, 250)]
    public int Users { get; init; } = 40;

    /// <summary>How many campaigns each may vote for, the last touched.</summary>
    [Range(1, 1000)]
    public int EdgesAUser { get; init; } = 30;

    /// <summary>A vote weighs similarity to this power: high gives the floor to the nearest.</summary>
    [Range(0, 64)]
    public float Sharpness { get; init; } = 6f;

    /// <summary>How many undecided votes of similarity 1 are added, so that a few distant users do not make a majority.</summary>
    [Range(0, 100)]
    public float UndecidedVotes { get; init; } = 0.3f;

    /// <summary>What each kind of interaction says.</summary>
    [ValidateObjectMembers]
    public InteractionStrength Strength { get; init; } = new();
}
