using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>How the item-item weights are learned.</summary>
internal sealed record ItemItemOptions
{
    public const string Section = "Recommender:ItemItem";

    /// <summary>L2 regularization, added to the diagonal of the Gram matrix; higher values smooth more.</summary>
    [Range(0.001, 1_000_000)]
    public double Lambda { get; init; } = 500;

    /// <summary>Number of campaigns with weights, those with the most users; time grows with its cube, memory with its square.</summary>
    [Range(1, 10_000)]
    public int MaxCampaigns { get; init; } = 4_000;

    /// <summary>How often the weights and the campaign profiles are relearned.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00")]
    public TimeSpan LearnInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The value of an edge in the interaction matrix.</summary>
    [ValidateObjectMembers]
    public InteractionStrength Strength { get; init; } = new() { Dismissal = 0 };
}
