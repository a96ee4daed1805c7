using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marketing.Stores;

namespace Marketing.Ingest.Import;

/// <summary>
/// Stores the checkpoints of running imports next to the stores, not next to the files: the same file may be imported into another
/// log, and its folder may be read-only.
/// </summary>
internal sealed class CheckpointStore(ImportFolder folder)
{
    /// <summary>The checkpoint at which the import of this file was interrupted; <paramref name="begin"/> if it was not.</summary>
    public Checkpoint Resume(Checkpoint begin)
    {
        var path = PathOf(begin);
        if (!begin.IsRepeatable || !File.Exists(path))
        {
            return begin;
        }

        try
        {
            var saved = JsonSerializer.Deserialize<Checkpoint>(File.ReadAllBytes(path));
            return saved is not null && saved.Length == begin.Length && saved.ModifiedAt == begin.ModifiedAt && saved.Settings == begin.Settings
                ? saved
                : begin;
        }
        catch (JsonException)
        {
            return begin; // Starting over only costs time: the log detects duplicates.
        }
    }

    /// <summary>Saves atomically: after a crash, either the old or the new checkpoint exists.</summary>
    public void Save(Checkpoint checkpoint)
    {
        if (!checkpoint.IsRepeatable)
        {
            return;
        }

        PrivateFiles.CreateFolder(folder.Path);
        var path = PathOf(checkpoint);
        using (var file = PrivateFiles.Open(path + ".new", FileMode.Create, FileShare.None))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(checkpoint));
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes the checkpoint of a finished import.</summary>
    public void Remove(Checkpoint checkpoint)
    {
        if (checkpoint.IsRepeatable && Directory.Exists(folder.Path))
        {
            File.Delete(PathOf(checkpoint));
        }
    }

    private string PathOf(Checkpoint checkpoint) => Path.Combine(
        folder.Path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkpoint.Path)))[..16] + ".json");
}
