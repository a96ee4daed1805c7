using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Maintenance;

/// <summary>How long chat texts are kept; configuration section <c>Retention</c>.</summary>
public sealed record RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Retention";

    /// <summary>Age at which a chat's text is removed from the log and its vector from the index; not set keeps them forever.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "36500.00:00:00")]
    public TimeSpan? ChatText { get; init; }
}
