using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>How interactions become an engagement rate.</summary>
internal sealed record EngagementOptions
{
    public const string Section = "Recommender:Engagement";

    /// <summary>What a click is worth, where a conversion is worth 1.</summary>
    [Range(0, 1)]
    public double ClickValue { get; init; } = 0.3;

    /// <summary>How many exposures at the overall rate each campaign starts with: the weight of the Beta prior.</summary>
    [Range(0, 1_000_000)]
    public double PriorExposures { get; init; } = 50;

    /// <summary>After how long an interaction counts half.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(14);

    /// <summary>What an interaction still counts however old it is: old evidence is better than none.</summary>
    [Range(0, 1)]
    public double OldestWeight { get; init; } = 0.2;

    /// <summary>How often the counts are read although nobody told of a change: another process may project.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);
}
