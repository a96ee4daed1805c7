using Marketing.Stores.Backups;
using Marketing.Stores.Sqlite.Log;
using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Sqlite.Backup;

/// <summary>Compares a backup with its manifest.</summary>
internal sealed class BackupCheck : IBackupCheck
{
    /// <inheritdoc/>
    public async Task<VerifiedBackup> VerifyAsync(string path, CancellationToken cancellationToken)
    {
        string folder = BackupFolder.Find(path);
        var manifest = BackupManifest.Read(folder);
        if (manifest.Schema > LogSchema.Schema.Version)
        {
            throw new BackupException(
                $"The backup {folder} was made by a newer version of this program (schema {manifest.Schema}, this one supports {LogSchema.Schema.Version}): use that version.");
        }

        string copy = Path.Combine(folder, BackupFolder.DatabaseName);
        await CheckFileAsync(copy, manifest, cancellationToken);
        try
        {
            return new VerifiedBackup(folder, manifest, await CheckContentAsync(copy, manifest, cancellationToken));
        }
        catch (SqliteException error)
        {
            throw Damaged(copy, $"SQLite cannot read it ({error.Message.TrimEnd('.')})", error);
        }
    }

    private static async Task CheckFileAsync(string copy, BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (!File.Exists(copy))
        {
            throw Damaged(copy, "it is missing");
        }

        if (new FileInfo(copy).Length is var bytes && bytes != manifest.Bytes)
        {
            throw Damaged(copy, $"it has {bytes} bytes instead of {manifest.Bytes}");
        }

        if (await BackupFile.DigestAsync(copy, cancellationToken) != manifest.Sha256)
        {
            throw Damaged(copy, "its content has changed since the backup");
        }
    }

    private static async Task<bool> CheckContentAsync(string copy, BackupManifest manifest, CancellationToken cancellationToken)
    {
        using var file = new BackupFile(copy);
        if (file.FindDamage() is { } damage)
        {
            throw Damaged(copy, damage);
        }

        if (file.LogId != manifest.LogId || file.Schema != manifest.Schema)
        {
            throw Damaged(copy, "it is not the log that the manifest describes");
        }

        if (manifest.Schema < LogSchema.Schema.Version)
        {
            return false;
        }

        var found = (await file.SummarizeAsync(cancellationToken)).ToDictionary(static part => part.Name);
        foreach (var part in manifest.Parts.Where(part => found.ContainsKey(part.Name)))
        {
            var (count, digest) = (found[part.Name].Count, found[part.Name].Digest);
            if (count != part.Count || digest != part.Digest)
            {
                throw Damaged(copy, count != part.Count
                    ? $"{part.Name} has {count} records instead of {part.Count}"
                    : $"a record of {part.Name} has changed since the backup");
            }
        }

        return true;
    }

    private static BackupException Damaged(string copy, string how, Exception? cause = null) =>
        new($"{copy} is damaged: {how}. Use another backup.", cause);
}
