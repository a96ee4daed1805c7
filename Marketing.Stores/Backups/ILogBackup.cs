namespace Marketing.Stores.Backups;

/// <summary>Makes backups of the log while the product runs.</summary>
public interface ILogBackup
{
    /// <summary>Makes a backup, and adds the log's erasures to the list beside it.</summary>
    /// <param name="directory">The folder of the backups; null is <c>Backup:Directory</c>.</param>
    /// <param name="keep">How many of the newest backups to keep there; null keeps all.</param>
    /// <param name="progress">Called with the pages copied and all pages.</param>
    /// <param name="cancellationToken">Cancels the backup and removes what it has written.</param>
    /// <exception cref="BackupException">The log has no backup of its own, or the folder cannot be used.</exception>
    Task<BackupResult> RunAsync(
        string? directory, int? keep, Action<long, long> progress, CancellationToken cancellationToken);
}

/// <summary>A new backup.</summary>
/// <param name="Folder">The folder of the backup.</param>
/// <param name="Manifest">The description of the backup.</param>
/// <param name="Erasures">The number of erasures in the list beside it.</param>
/// <param name="Deleted">The number of older backups that were deleted.</param>
public sealed record BackupResult(string Folder, BackupManifest Manifest, int Erasures, int Deleted);
