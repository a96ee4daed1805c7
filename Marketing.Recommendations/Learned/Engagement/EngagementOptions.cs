using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>How interactions become an engagement rate.</summary>
internal sealed record EngagementOptions
{
    public const string Section = "Recommender:Engagement";

    /// <summary>Value of a click; a conversion has value 1.</summary>
    [Range(0, 1)]
    public double ClickValue { get; init; } = 0.3;

    /// <summary>Weight of the Beta prior: the number of exposures at the overall rate that every campaign starts with.</summary>
    [Range(0, 1_000_000)]
    public double PriorExposures { get; init; } = 50;

    /// <summary>Age at which an interaction counts half.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Minimum weight of an interaction, however old, because old evidence is better than none.</summary>
    [Range(0, 1)]
    public double OldestWeight { get; init; } = 0.2;

    /// <summary>How often the counts are read even without a change notification, because another process may run the projector.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);
}
