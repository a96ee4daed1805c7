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

    /// <summary>The path of one of the stores' files.</summary>
    public string PathOf(string fileName) => Path.Combine(DataDirectory, fileName);
}
