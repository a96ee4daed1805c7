using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores;

/// <summary>Where the embedded stores keep their files and what an acknowledgment promises; section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>The folder for all files of the embedded stores, relative to the working directory; created when it is missing.</summary>
    [Required]
    public string DataDirectory { get; set; } = string.Empty;

    /// <summary>What an acknowledged write survives.</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>How long startup waits for another process that has the folder open and may be about to end.</summary>
    public TimeSpan OwnerTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Starts even though the log has lost interactions or is not the one that the projections were made from; they are set aside and
    /// rebuilt. Turn it off again after such a start.
    /// </summary>
    public bool AcceptLogLoss { get; set; }

    /// <summary>The number of copies kept of each damaged file that was set aside, 0 to 100; an erasure deletes all of them.</summary>
    public int SetAsideCopies { get; set; } = 2;

    /// <summary>Free disk space of the data directory below which the health check warns, in megabytes; 0 disables it.</summary>
    public int LowDiskSpaceMegabytes { get; set; } = 512;

    /// <summary>The delay after startup before every file is checked once for damage; not negative.</summary>
    public TimeSpan FileCheckDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Returns the path of a store's file.</summary>
    public string PathOf(string fileName) => Path.Combine(DataDirectory, fileName);
}
