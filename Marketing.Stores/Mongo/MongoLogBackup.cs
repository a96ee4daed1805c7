using Marketing.Stores.Backups;

namespace Marketing.Stores.Mongo;

/// <summary>MongoDB has its own tools for consistent backups.</summary>
internal sealed class MongoLogBackup : ILogBackup
{
    /// <exception cref="BackupException">Always.</exception>
    public Task<BackupResult> RunAsync(
        string? directory, int? keep, Action<long, long> progress, CancellationToken cancellationToken) =>
        throw new BackupException("The log is in MongoDB: back it up with MongoDB's own tools, such as mongodump --oplog or snapshots.");
}
