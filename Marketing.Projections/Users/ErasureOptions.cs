using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Users;

/// <summary>How erasures are enforced; configuration section <c>Erasure</c>.</summary>
public sealed record ErasureOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Erasure";

    /// <summary>
    /// How long interactions that predate an erasure are rejected if they are sent again. Must be longer than any client, file or
    /// queue can hold interactions back.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan RefuseOldEventsFor { get; init; } = TimeSpan.FromDays(365);
}
