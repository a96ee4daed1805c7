using System.Globalization;
using Marketing.Domain.Ports;
using Marketing.Stores.Backups;
using Marketing.Stores.Sqlite.Audit;
using Marketing.Stores.Sqlite.Log;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Sqlite.Backup;

/// <summary>
/// Restores <c>log.db</c>. The copy is prepared in a folder of its own and renamed last, so that an interrupted restore has changed
/// nothing and can be run again.
/// </summary>
internal sealed class SqliteLogRestore(
    IBackupCheck check,
    IOptions<StorageOptions> storage,
    IOptions<BackupOptions> options,
    DataFolderOwner owner,
    TimeProvider time) : ILogRestore
{
    private const string Staging = ".restore";
    private static readonly string[] Databases = ["log.db", "graph.db", "vectors.db", "engagement.db"];

    private string Data => Path.GetFullPath(storage.Value.DataDirectory);

    public async Task<RestoredBackup> RestoreAsync(string path, bool replace, CancellationToken cancellationToken)
    {
        var backup = await check.VerifyAsync(path, cancellationToken);
        owner.Take();
        if (FileLocks.IsOpenElsewhere(storage.Value.PathOf(Databases[0])))
        {
            throw new BackupException($"Another process has {storage.Value.PathOf(Databases[0])} open: stop it, or restore to another folder.");
        }

        if (!replace && Databases.FirstOrDefault(file => File.Exists(storage.Value.PathOf(file))) is { } existing)
        {
            throw new BackupException(
                $"{Data} holds data ({existing}): restore to another folder with --to, or add --replace, which keeps the present files in a folder beside them.");
        }

        string staging = storage.Value.PathOf(Staging);
        int erased = await PrepareAsync(backup, staging, cancellationToken);
        string? replaced = SetPresentAside();
        File.Move(Path.Combine(staging, Databases[0]), storage.Value.PathOf(Databases[0]));
        Directory.Delete(staging, recursive: true);
        return new RestoredBackup(backup.Folder, backup.Manifest, Data, erased, replaced);
    }

    /// <summary>Copies the backup and applies the erasures made since.</summary>
    private async Task<int> PrepareAsync(VerifiedBackup backup, string staging, CancellationToken cancellationToken)
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        PrivateFiles.CreateFolder(staging);
        var staged = new StorageOptions { DataDirectory = staging, Durability = storage.Value.Durability };
        string copy = staged.PathOf(Databases[0]);
        File.Copy(Path.Combine(backup.Folder, BackupFolder.DatabaseName), copy);
        using var log = new LogDatabase(Options.Create(staged));
        int erased = await new ErasureReplay(log, time).ApplyAsync(Listed(backup.Folder), backup.Manifest.Created, cancellationToken);
        await RecordAsync(log, Path.GetFileName(backup.Folder), cancellationToken);
        await log.Database.TruncateWalAsync(cancellationToken);
        await using (var file = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Flush(flushToDisk: true);
        }

        return erased;
    }

    /// <summary>Writes the restore to the trail that it brings back. The entry appears when the file does.</summary>
    private Task RecordAsync(LogDatabase log, string backup, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        return new SqliteAuditTrail(log).AppendAsync(
            [new AuditEntry(AuditId.New(at), at, AuditAction.LogRestore, AuditActor.CommandLine, Address: null, new AuditTarget(backup), Outcome: 200)],
            cancellationToken);
    }

    /// <summary>Returns the erasures beside the backup and those in <c>Backup:Directory</c>, in case the backup was taken elsewhere.</summary>
    private List<ErasureEntry> Listed(string backup)
    {
        string[] files = [BackupFolder.Of(backup).Erasures, .. options.Value.Directory is { Length: > 0 } own ? [new BackupFolder(own).Erasures] : Array.Empty<string>()];
        return [.. files.Distinct(StringComparer.Ordinal).SelectMany(file => new ErasureFile(file, time).Read()).Distinct()];
    }

    /// <summary>
    /// Moves the present log, its projections and the checkpoints of imports into a folder; an import must start over on an older log.
    /// Copies of damaged files are deleted, because an erasure would no longer find them.
    /// </summary>
    private string? SetPresentAside()
    {
        Array.ForEach(Databases, file => Engine.SetAside.DeleteCopies(storage.Value.PathOf(file)));
        string[] present =
        [
            .. Databases.Reverse().SelectMany(file => Directory.GetFiles(Data, file + "*")),
            .. Directory.GetDirectories(Data, "imports"),
        ];
        if (present.Length == 0)
        {
            return null;
        }

        string aside = Path.Combine(Data, "replaced-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture));
        PrivateFiles.CreateFolder(aside);
        foreach (string entry in present)
        {
            Directory.Move(entry, Path.Combine(aside, Path.GetFileName(entry)));
        }

        return aside;
    }
}
