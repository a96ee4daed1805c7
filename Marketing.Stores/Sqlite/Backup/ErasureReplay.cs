using Marketing.Domain;
using Marketing.Stores.Backups;
using Marketing.Stores.Sqlite.Catalog;
using Marketing.Stores.Sqlite.DeadLetters;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.Backup;

/// <summary>Applies listed erasures to a log that is older than they are. The list has keyed hashes, so every user is hashed.</summary>
internal sealed class ErasureReplay(LogDatabase log, TimeProvider time)
{
    /// <summary>
    /// How much later than an erasure a backup must have been made to contain it for sure: clocks differ, and a backup may begin
    /// before an erasure commits.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private readonly SqliteErasureHashes _hashes = new(log);

    /// <returns>The number of users who were erased.</returns>
    public async Task<int> ApplyAsync(
        IReadOnlyList<ErasureEntry> listed, DateTimeOffset backedUpAt, CancellationToken cancellationToken)
    {
        var due = Due(listed, backedUpAt);
        if (due.Count == 0)
        {
            return 0;
        }

        var hash = await _hashes.HashAsync(cancellationToken);
        var personalData = new SqlitePersonalData(log, time);
        var catalog = new SqliteCatalog(log);
        var letters = new SqliteDeadLetters(log);
        int erased = 0;
        foreach (var user in Users())
        {
            if (due.TryGetValue(ErasureHash.Text(hash.Of(user)), out var at))
            {
                await catalog.DeleteUserAsync(user, cancellationToken);
                await personalData.EraseAsync(user, at, cancellationToken);
                await letters.EraseAsync(user, cancellationToken);
                erased++;
            }
        }

        // Also the users who are not in the backup: what they had sent may be sent again.
        await _hashes.RememberAsync(due, cancellationToken);
        return erased;
    }

    /// <summary>
    /// Leaves out what the backup already contains: such a user may have come back since. The backup remembers an erasure until
    /// retention forgets it, which takes much longer than the margin.
    /// </summary>
    private Dictionary<string, DateTimeOffset> Due(IReadOnlyList<ErasureEntry> listed, DateTimeOffset backedUpAt)
    {
        var remembered = _hashes.Remembered();
        return listed
            .GroupBy(static entry => entry.User, static entry => entry.ErasedAt, StringComparer.Ordinal)
            .Select(static user => (Hash: user.Key, At: user.Max()))
            .Where(user => remembered.TryGetValue(user.Hash, out var known) ? known < user.At : user.At > backedUpAt - Margin)
            .ToDictionary(static user => user.Hash, static user => user.At, StringComparer.Ordinal);
    }

    private HashSet<UserId> Users()
    {
        using var reader = log.Database.Read();
        return LogUsers.Read(reader.Session);
    }
}
