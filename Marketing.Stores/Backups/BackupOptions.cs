using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.Backups;

/// <summary>Where backups of the log are kept; section <c>Backup</c>.</summary>
public sealed record BackupOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Backup";

    /// <summary>
    /// The folder of the backups, on another disk than the data. Set it for every process that erases users: each erasure is also
    /// listed there, so that restoring an older backup applies it. Without it, there are no scheduled backups.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>How many of the newest backups the job <c>backup</c> keeps.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":Keep must be from 1 to 10000.")]
    public int Keep { get; set; } = 7;
}
