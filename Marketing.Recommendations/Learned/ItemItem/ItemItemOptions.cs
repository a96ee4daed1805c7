using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>How the item-item weights are learned.</summary>
internal sealed record ItemItemOptions
{
    public const string Section = "Recommender:ItemItem";

    /// <summary>L2 regularization: what is added to the diagonal of the Gram matrix. More is smoother.</summary>
    [Range(0.001, 1_000_000)]
    public double Lambda { get; init; } = 500;

    /// <summary>Campaigns with weights, the most interacted with; the cost is cubic and the memory quadratic in it.</summary>
    [Range(1, 10_000)]
    public int MaxCampaigns { get; init; } = 4_000;

    /// <summary>How often the weights are learned anew.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00")]
    public TimeSpan LearnInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What an edge counts in the interaction matrix.</summary>
    [ValidateObjectMembers]
    public InteractionStrength Strength { get; init; } = new() { Dismissal = 0 };
}
