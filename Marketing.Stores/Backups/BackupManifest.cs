using System.Text.Json;
using Marketing.Stores.Contents;

namespace Marketing.Stores.Backups;

/// <summary>Describes a backup; stored beside it as <c>manifest.json</c>.</summary>
/// <param name="Format">The version of this description.</param>
/// <param name="Created">When the copy was begun, in UTC.</param>
/// <param name="Product">The version of the product that made it.</param>
/// <param name="LogId">The identity of the log.</param>
/// <param name="LastSequence">The number of the log's last interaction.</param>
/// <param name="Schema">The version of the tables in the copy.</param>
/// <param name="Bytes">The size of the copy.</param>
/// <param name="Sha256">The SHA-256 of the copy, in hexadecimal digits.</param>
/// <param name="Parts">The size and the digest of each kind of record.</param>
public sealed record BackupManifest(
    int Format,
    DateTimeOffset Created,
    string Product,
    string LogId,
    long LastSequence,
    int Schema,
    long Bytes,
    string Sha256,
    IReadOnlyList<PartSummary> Parts)
{
    /// <summary>The version that this program writes.</summary>
    internal const int CurrentFormat = 1;

    internal const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The number of interactions in the backup.</summary>
    public long Interactions => CountOf(PartNames.Interactions);

    internal long CountOf(string part) => Parts.FirstOrDefault(one => one.Name == part)?.Count ?? 0;

    internal void Write(string folder)
    {
        using var file = PrivateFiles.Open(Path.Combine(folder, FileName), FileMode.Create, FileShare.None);
        JsonSerializer.Serialize(file, this, Json);
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="BackupException">There is no manifest, it is damaged, or a newer version wrote it.</exception>
    internal static BackupManifest Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new BackupException($"{folder} is not a complete backup: it has no {FileName}.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            int format = document.RootElement.GetProperty("format").GetInt32();
            return format > CurrentFormat
                ? throw new BackupException(
                    $"{path} was written by a newer version of this program (format {format}, this one supports {CurrentFormat}): use that version.")
                : Checked(document.Deserialize<BackupManifest>(Json)) ?? throw Damaged(path);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, error);
        }
    }

    private static BackupManifest? Checked(BackupManifest? read) => read is { LogId: not null, Sha256: not null, Parts: not null } ? read : null;

    private static BackupException Damaged(string path, Exception? cause = null) =>
        new($"{path} is damaged: it is not the description of a backup.", cause);
}
