using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Users;

/// <summary>How erasures are kept up; configuration section <c>Erasure</c>.</summary>
public sealed record ErasureOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Erasure";

    /// <summary>
    /// How long what is from before an erasure is refused when it is sent again. Longer than any client, file or queue keeps what
    /// it may still send.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan RefuseOldEventsFor { get; init; } = TimeSpan.FromDays(365);
}
