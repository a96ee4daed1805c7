using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>The key and the memory of erasures in <c>log.db</c>.</summary>
internal sealed class SqliteErasureHashes(LogDatabase log) : IErasureHashes
{
    public Task<ErasureHash> HashAsync(CancellationToken cancellationToken) =>
        log.Database.WriteAsync(log.Erasures.HashOrNew, 1, cancellationToken);

    /// <summary>Returns when each remembered user was erased, by hash as text.</summary>
    public Dictionary<string, DateTimeOffset> Remembered()
    {
        var remembered = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        using var reader = log.Database.Read();
        var row = reader.Session["SELECT key, erased_at FROM erased_users"];
        while (row.Step())
        {
            remembered[ErasureHash.Text(row.Bytes(0).ToArray())] = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(1));
        }

        return remembered;
    }

    /// <summary>Remembers erasures of another log with the same key.</summary>
    public Task RememberAsync(IReadOnlyCollection<KeyValuePair<string, DateTimeOffset>> erased, CancellationToken cancellationToken) =>
        log.Database.WriteAsync(session => Remember(session, erased), erased.Count, cancellationToken);

    private static bool Remember(SqliteSession session, IReadOnlyCollection<KeyValuePair<string, DateTimeOffset>> erased)
    {
        foreach (var (hash, at) in erased)
        {
            ErasureMemory.RememberUser(session, ErasureHash.Bytes(hash), at);
        }

        // Tells every process that it must read again who is erased.
        var state = LogState.Read(session);
        state.Erasures++;
        state.Write(session);
        return true;
    }
}
