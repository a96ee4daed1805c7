using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores;

/// <summary>Where the embedded stores keep their files and what an acknowledgement promises; section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>The section these options are bound from.</summary>
    public const string Section = "Storage";

    /// <summary>Folder of every file of the embedded stores; made when it is not there. Relative to the working directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = string.Empty;

    /// <summary>What an acknowledged write survives.</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>How long a start waits for another process that has the folder open and may be about to end.</summary>
    public TimeSpan OwnerTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Starts although the log has lost interactions that the projections know, or is another one than they were made from; they
    /// are set aside and rebuilt. Turn it off again after such a start.
    /// </summary>
    public bool AcceptLogLoss { get; set; }

    /// <summary>Copies that are kept of each file that was damaged and set aside, 0 to 100; an erasure deletes all of them.</summary>
    public int SetAsideCopies { get; set; } = 2;

    /// <summary>Free space of the data directory's disk below which health warns, in megabytes; 0 never warns.</summary>
    public int LowDiskSpaceMegabytes { get; set; } = 512;

    /// <summary>How long after the start every file is read once for damage; not negative.</summary>
    public TimeSpan FileCheckDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The path of one of the stores' files.</summary>
    public string PathOf(string fileName) => Path.Combine(DataDirectory, fileName);
}
