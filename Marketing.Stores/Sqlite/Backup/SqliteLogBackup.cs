using System.Reflection;
using Marketing.Stores.Backups;
using Marketing.Stores.Sqlite.Log;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Sqlite.Backup;

/// <summary>Copies <c>log.db</c> while it is in use.</summary>
internal sealed class SqliteLogBackup(
    LogDatabase log,
    SqliteErasureHashes erasures,
    IOptions<StorageOptions> storage,
    IOptions<BackupOptions> options,
    TimeProvider time) : ILogBackup
{
    private static readonly string Product =
        typeof(SqliteLogBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public async Task<BackupResult> RunAsync(
        string? directory, int? keep, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var folder = FolderOf(directory);
        using var held = folder.Take();

        // A backup without the key could not be compared with the list of erasures.
        await erasures.HashAsync(cancellationToken);
        var created = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        string partial = folder.Begin();
        BackupManifest manifest;
        string complete;
        try
        {
            string copy = Path.Combine(partial, BackupFolder.DatabaseName);
            await Task.Run(() => log.Database.CopyTo(copy, progress, cancellationToken), cancellationToken);
            manifest = await DescribeAsync(copy, created, cancellationToken);
            manifest.Write(partial);
            complete = folder.Complete(partial, created);
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }

        var list = new ErasureFile(folder.Erasures, time);
        await list.AddAsync(
            [.. erasures.Remembered().Select(one => new ErasureEntry(manifest.LogId, one.Key, one.Value))], cancellationToken);
        return new BackupResult(complete, manifest, list.Read().Count, keep is { } newest ? folder.Prune(newest) : 0);
    }

    private static async Task<BackupManifest> DescribeAsync(string copy, DateTimeOffset created, CancellationToken cancellationToken)
    {
        using var file = new BackupFile(copy);
        if (file.FindDamage() is { } damage)
        {
            throw new BackupException($"log.db is damaged ({damage}): restore an older backup.");
        }

        return new BackupManifest(
            BackupManifest.CurrentFormat,
            created,
            Product,
            file.LogId!,
            file.LastSequence,
            file.Schema,
            new FileInfo(copy).Length,
            await BackupFile.DigestAsync(copy, cancellationToken),
            await file.SummarizeAsync(cancellationToken));
    }

    private BackupFolder FolderOf(string? directory)
    {
        string? path = string.IsNullOrWhiteSpace(directory) ? options.Value.Directory : directory;
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new BackupException("Name the folder of the backups, or set Backup:Directory.");
        }

        return BackupSetup.IsWithin(path, storage.Value.DataDirectory)
            ? throw new BackupException($"{path} is in the data directory, whose loss a backup must survive: choose a folder elsewhere.")
            : new BackupFolder(path);
    }
}
