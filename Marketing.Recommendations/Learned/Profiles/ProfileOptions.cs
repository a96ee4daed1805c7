using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>How campaign profiles are learned; docs/evaluation.md explains how the defaults were chosen.</summary>
internal sealed record ProfileOptions
{
    public const string Section = "Recommender:Profiles";

    /// <summary>Weight of the campaign's own text, in converting customers who would have used the same words.</summary>
    [Range(0, 1000)]
    public float TextWeight { get; init; } = 4f;

    /// <summary>Number of a user's last messages used.</summary>
    [Range(1, 100)]
    public int Messages { get; init; } = 8;

    /// <summary>Weight of each message relative to the next newer one.</summary>
    [Range(0, 1)]
    public float MessageDiscount { get; init; } = 0.7f;

    /// <summary>Number of terms kept per campaign profile, the highest-weighted first.</summary>
    [Range(1, 100_000)]
    public int MaxTerms { get; init; } = 1_000;

    /// <summary>Maximum number of users to learn from; beyond it, a random sample is used.</summary>
    [Range(1, 10_000_000)]
    public int MaxUsers { get; init; } = 50_000;

    /// <summary>How strongly an interaction with a campaign ties the user's words to it.</summary>
    [ValidateObjectMembers]
    public InteractionStrength Strength { get; init; } = new();
}
