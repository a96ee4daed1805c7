using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores;

/// <summary>Where the embedded stores keep their files and what an acknowledgment promises; section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>The folder for all files of the embedded stores, relative to the working directory; created when it is missing.</summary>
    /// <remarks>By default <c>data</c> beside the solution, or in the content root where there is no solution.</remarks>
    [Required]
    public string DataDirectory { get; set; } = string.Empty;

    /// <summary>What an acknowledged write survives.</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>How long startup waits for another process that has the folder open and may be about to end.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = Section + ":OwnerTimeout must be from 00:00:00 to 1.00:00:00.")]
    public TimeSpan OwnerTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Starts even though the log has lost interactions or is not the one that the projections were made from; they are set aside and
    /// rebuilt. Turn it off again after such a start.
    /// </summary>
    public bool AcceptLogLoss { get; set; }

    /// <summary>The number of copies kept of each damaged file that was set aside; an erasure deletes all of them.</summary>
    [Range(0, 100, ErrorMessage = Section + ":SetAsideCopies must be from 0 to 100.")]
    public int SetAsideCopies { get; set; } = 2;

    /// <summary>Free disk space of the data directory below which the health check warns, in megabytes; 0 disables it.</summary>
    [Range(0, int.MaxValue, ErrorMessage = Section + ":LowDiskSpaceMegabytes must be 0, which never warns, or more.")]
    public int LowDiskSpaceMegabytes { get; set; } = 512;

    /// <summary>The delay after startup before every file is checked once for damage.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ErrorMessage = Section + ":FileCheckDelay must be from 00:00:00 to 30.00:00:00.")]
    public TimeSpan FileCheckDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Returns the path of a store's file.</summary>
    public string PathOf(string fileName) => Path.Combine(DataDirectory, fileName);
}
