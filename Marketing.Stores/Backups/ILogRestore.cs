namespace Marketing.Stores.Backups;

/// <summary>Checks backups.</summary>
public interface IBackupCheck
{
    /// <summary>Checks that a backup is complete and unchanged: manifest, file digest, SQLite's integrity, and every record.</summary>
    /// <param name="path">A backup, or a folder of backups, of which the newest is meant.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="BackupException">It is missing, damaged, or of a newer version.</exception>
    Task<VerifiedBackup> VerifyAsync(string path, CancellationToken cancellationToken);
}

/// <summary>Puts a backup back into a data directory.</summary>
public interface ILogRestore
{
    /// <summary>
    /// Verifies a backup, applies the erasures made since, and puts it into <c>Storage:DataDirectory</c>. The projections there are
    /// removed: the next start rebuilds them from the log.
    /// </summary>
    /// <param name="path">A backup, or a folder of backups, of which the newest is meant.</param>
    /// <param name="replace">Whether to move existing data aside; without it, a folder with data is refused.</param>
    /// <param name="cancellationToken">Cancels the restore before it changes anything.</param>
    /// <exception cref="BackupException">The backup cannot be used, or the folder is in use or holds data.</exception>
    Task<RestoredBackup> RestoreAsync(string path, bool replace, CancellationToken cancellationToken);
}

/// <summary>A backup that is complete and unchanged.</summary>
/// <param name="Folder">The folder of the backup.</param>
/// <param name="Manifest">The description of the backup.</param>
/// <param name="IsCompared">
/// Whether every record was compared. Records of an older version's tables are not; the digest of the file covers them.
/// </param>
public sealed record VerifiedBackup(string Folder, BackupManifest Manifest, bool IsCompared);

/// <summary>A restored backup.</summary>
/// <param name="Folder">The folder of the backup.</param>
/// <param name="Manifest">The description of the backup.</param>
/// <param name="DataDirectory">Where it was restored.</param>
/// <param name="ErasedUsers">The users who were in the backup and have been erased since.</param>
/// <param name="Replaced">Where the previous data is now; null when there was none.</param>
public sealed record RestoredBackup(
    string Folder, BackupManifest Manifest, string DataDirectory, int ErasedUsers, string? Replaced);
