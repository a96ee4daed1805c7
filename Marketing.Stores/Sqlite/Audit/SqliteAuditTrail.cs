using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.Audit;

/// <summary>The audit trail in <c>log.db</c>, so that a backup of the log contains it.</summary>
internal sealed class SqliteAuditTrail(LogDatabase log) : IAuditTrail
{
    private const string Insert =
        """
        INSERT INTO audit(id, at, action, actor_id, actor_name, address, target, outcome, count)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT(id) DO NOTHING
        """;

    private const string SelectPage = AuditRow.Select +
        """
        WHERE id < ?1 AND id >= ?2 AND (?3 IS NULL OR action = ?3) AND (?4 IS NULL OR ?4 IN (actor_id, actor_name))
        """;

    private const string Newest = " ORDER BY id DESC LIMIT ?5";

    // ?6 and ?7: the target as given and as its hash. A condition of its own, so that the index of targets is used.
    private const string SelectPageOfTarget = SelectPage + " AND target IN (?6, ?7)" + Newest;
    private const string SelectPageOfAny = SelectPage + Newest;

    /// <summary>Greater than every id.</summary>
    private const string AfterAll = "g";

    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return entries.Count == 0
            ? Task.CompletedTask
            : log.Database.WriteAsync(session => Append(session, entries), entries.Count, cancellationToken);
    }

    public Task<Page<AuditEntry>> ListAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using var reader = log.Database.Read();
        var row = reader.Session[filter.Target is null ? SelectPageOfAny : SelectPageOfTarget]
            .Bind(1, cursor is null ? AfterAll : AuditId.Parse(cursor))
            .Bind(2, filter.Since is { } since ? AuditId.From(since) : string.Empty)
            .Bind(3, filter.Action)
            .Bind(4, filter.Actor)
            .Bind(5, limit + 1L);
        if (filter.Target is { } target)
        {
            var hash = ErasureMemory.ReadHash(reader.Session);
            row.Bind(6, target).Bind(7, hash?.Of(new AuditTarget(target, IsPersonal: true)));
        }

        var entries = new List<AuditEntry>();
        while (row.Step())
        {
            entries.Add(AuditRow.Read(row));
        }

        if (entries.Count <= limit)
        {
            return Task.FromResult(new Page<AuditEntry>(entries, null));
        }

        entries.RemoveAt(limit);
        return Task.FromResult(new Page<AuditEntry>(entries, entries[^1].Id));
    }

    public Task<long> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) => log.Database.WriteAsync(
        session => (long)session["DELETE FROM audit WHERE id < ?1"].Bind(1, AuditId.From(before)).Execute(), 1_000, cancellationToken);

    private bool Append(SqliteSession session, IReadOnlyList<AuditEntry> entries)
    {
        foreach (var entry in entries)
        {
            session[Insert]
                .Bind(1, entry.Id)
                .Bind(2, entry.At.ToUnixTimeMilliseconds())
                .Bind(3, entry.Action)
                .Bind(4, entry.Actor.Id)
                .Bind(5, entry.Actor.Name)
                .Bind(6, entry.Address)
                .Bind(7, entry.Target is not { } target ? null : target.IsPersonal ? log.Erasures.HashOrNew(session).Of(target) : target.Id)
                .Bind(8, (long)entry.Outcome)
                .Bind(9, (long)entry.Count)
                .Execute();
        }

        return true;
    }
}
