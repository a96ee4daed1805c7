using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Learned;

/// <summary>When what is kept in memory is brought up to date.</summary>
internal sealed record ModelOptions
{
    public const string Section = "Recommender:Models";

    /// <summary>How often the stores are asked whether anything changed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long a refresh is given up, to be tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RefreshTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By which share the interactions must grow for the item-item weights to be learned before their time.</summary>
    [Range(0.001, 1000)]
    public double LearnGrowth { get; init; } = 0.25;

    /// <summary>
    /// How many campaigns are kept in memory that interactions name and the catalog lacks: the most active. Ids cost a sender
    /// nothing, so that of these there may be any number; the log keeps them all.
    /// </summary>
    [Range(0, 100_000)]
    public int MaxUnlistedCampaigns { get; init; } = 1_000;
}
