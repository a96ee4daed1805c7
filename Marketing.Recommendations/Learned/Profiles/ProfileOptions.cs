using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>How campaign profiles are learned. How the figures were chosen, and on what, is in docs/evaluation.md.</summary>
internal sealed record ProfileOptions
{
    public const string Section = "Recommender:Profiles";

    /// <summary>How many converting customers the campaign's own text is worth, as if it had been said by them.</summary>
    [Range(0, 1000)]
    public float TextWeight { get; init; } = 4f;

    /// <summary>How many of a user's last messages count.</summary>
    [Range(1, 100)]
    public int Messages { get; init; } = 8;

    /// <summary>What each message counts of the one after it.</summary>
    [Range(0, 1)]
    public float MessageDiscount { get; init; } = 0.7f;

    /// <summary>Terms kept of a campaign's profile, those that weigh most.</summary>
    [Range(1, 100_000)]
    public int MaxTerms { get; init; } = 1_000;

    /// <summary>Users that profiles are learned from; of more, a random sample.</summary>
    [Range(1, 10_000_000)]
    public int MaxUsers { get; init; } = 50_000;

    /// <summary>How strongly what a user did with a campaign says that their words are those of its customers.</summary>
    [ValidateObjectMembers]
    public InteractionStrength Strength { get; init; } = new();
}
