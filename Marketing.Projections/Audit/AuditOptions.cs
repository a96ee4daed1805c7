using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Audit;

/// <summary>How long the audit trail is kept; configuration section <c>Audit</c>.</summary>
public sealed record AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>Age at which the retention job removes entries.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}
