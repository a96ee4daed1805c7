using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marketing.Stores;

namespace Marketing.Ingest.Import;

/// <summary>
/// Keeps the checkpoints of imports that are under way, beside the stores and not beside the files: the same file
/// may be imported into another log, and need not lie in a folder that can be written to.
/// </summary>
internal sealed class CheckpointStore(ImportFolder folder)
{
    /// <summary>Where the import of this file was interrupted; <paramref name="begin"/> when it was not.</summary>
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
            return begin; // Starting over costs time only: what is in the log already is recognised there.
        }
    }

    /// <summary>Saves in one step: after a crash there is the old checkpoint or the new one.</summary>
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

    /// <summary>Forgets an import that is done.</summary>
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
