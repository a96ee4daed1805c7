using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// Erasure in <c>log.db</c>: overwrites each text in place and then truncates the WAL
/// (docs/adr/0002-sqlite-durability.md explains why rows stay and why VACUUM is not used).
/// </summary>
internal sealed class SqlitePersonalData(LogDatabase log, TimeProvider time) : IPersonalData
{
    private const string SelectOfUser =
        "SELECT seq, event_id, type, has_text FROM interactions WHERE user_id = ?1 AND erased = 0";

    // Values of the same size, so that SQLite overwrites the record in place, including its overflow pages.
    private const string BlankRow =
        """
        UPDATE interactions SET erased = 1, has_text = 0,
            event_id = CAST(zeroblob(octet_length(event_id)) AS TEXT),
            text = iif(text IS NULL, NULL, CAST(zeroblob(octet_length(text)) AS TEXT)),
            properties = iif(properties IS NULL, NULL, CAST(zeroblob(octet_length(properties)) AS TEXT))
        WHERE seq = ?1
        """;

    private const string BlankText =
        "UPDATE interactions SET has_text = 0, text = CAST(zeroblob(octet_length(text)) AS TEXT) WHERE seq = ?1";

    private const string SelectWithText =
        """
        SELECT seq, event_id FROM interactions INDEXED BY interactions_with_text
        WHERE has_text = 1 AND occurred_at < ?1 ORDER BY occurred_at LIMIT ?2
        """;

    private const string SelectOneWithText =
        "SELECT seq FROM interactions WHERE seq = (SELECT k.seq FROM event_keys k WHERE k.key = ?1) AND has_text = 1";

    public Task<long> EraseAsync(UserId userId, CancellationToken cancellationToken) =>
        EraseAsync(userId, erasedAt: null, cancellationToken);

    /// <summary>Erases a user who was erased elsewhere before.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="erasedAt">When that was; null is now.</param>
    /// <param name="cancellationToken">Cancels an erasure that has not started.</param>
    public async Task<long> EraseAsync(UserId userId, DateTimeOffset? erasedAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long erased = await log.Database.WriteAsync(session => Erase(session, userId, erasedAt ?? time.GetUtcNow()), 1, cancellationToken);
        await log.Database.TruncateWalAsync(cancellationToken);
        return erased;
    }

    public Task<IReadOnlyList<UnfinishedErasure>> UnfinishedErasuresAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        return Task.FromResult<IReadOnlyList<UnfinishedErasure>>(ErasureNotes.ReadAll(reader.Session));
    }

    /// <summary>Truncates the WAL again, in case the erasure failed before that. Nothing can have been appended in the meantime.</summary>
    public Task EraseLeftoversAsync(UnfinishedErasure erasure, CancellationToken cancellationToken) =>
        log.Database.TruncateWalAsync(cancellationToken);

    public Task<long> ForgetErasuresAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        log.Database.WriteAsync(session => Forget(session, before), 1, cancellationToken);

    public async Task FinishErasureAsync(UnfinishedErasure erasure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await log.Database.WriteAsync(session => ErasureNotes.Remove(session, erasure), 1, cancellationToken))
        {
            await log.Database.TruncateWalAsync(cancellationToken);
        }
    }

    public async Task<IReadOnlyList<EventId>> RedactTextAsync(
        DateTimeOffset before, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        byte[]? trace = TraceBytes.OfCaller();
        var redacted = await log.Database.WriteAsync(session => Redact(session, before, max, trace), max, cancellationToken);
        if (redacted.Count > 0)
        {
            await log.Database.TruncateWalAsync(cancellationToken);
        }

        return redacted;
    }

    /// <summary>Removes the text of these chats, as <see cref="RedactTextAsync"/> does.</summary>
    public async Task RedactAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        byte[]? trace = TraceBytes.OfCaller();
        await log.Database.WriteAsync(session => Redact(session, Find(session, ids), trace), ids.Count, cancellationToken);
        await log.Database.TruncateWalAsync(cancellationToken);
    }

    private long Erase(SqliteSession session, UserId userId, DateTimeOffset now)
    {
        ErasureNotes.Add(session, userId, now);
        var state = LogState.Read(session);
        state.Erasures++;
        if (UserNumbers.Find(session, userId.Value) is not { } user)
        {
            log.Erasures.Remember(session, userId, [], now);
            state.Write(session);
            return 0;
        }

        var rows = new List<(long Seq, EventId Id, InteractionType Type, bool HasText)>();
        var select = session[SelectOfUser].Bind(1, user);
        while (select.Step())
        {
            rows.Add((select.Int64(0), new EventId(select.Text(1)), (InteractionType)select.Int32(2), select.Int32(3) != 0));
        }

        log.Erasures.Remember(session, userId, rows.Select(row => row.Id), now);
        foreach (var (seq, id, type, hasText) in rows)
        {
            session[BlankRow].Bind(1, seq).Execute();
            session["DELETE FROM event_keys WHERE key = ?1"].Bind(1, Key128.Of(id.Value)).Execute();
            state.Pending -= session["DELETE FROM queue WHERE seq = ?1"].Bind(1, seq).Execute();
            state[type]--;
            state.ChatsWithText -= hasText ? 1 : 0;
        }

        UserNumbers.Erase(session, user);
        state.Users--;
        state.Write(session);
        return rows.Count;
    }

    private static long Forget(SqliteSession session, DateTimeOffset before)
    {
        long forgotten = ErasureMemory.Purge(session, before);
        if (forgotten > 0)
        {
            var state = LogState.Read(session);
            state.Erasures++;
            state.Write(session);
        }

        return forgotten;
    }

    private List<EventId> Redact(SqliteSession session, DateTimeOffset before, int max, byte[]? trace)
    {
        var rows = new List<(long Seq, EventId Id)>();
        var select = session[SelectWithText].Bind(1, before.ToUnixTimeMilliseconds()).Bind(2, max);
        while (select.Step())
        {
            rows.Add((select.Int64(0), new EventId(select.Text(1))));
        }

        return Redact(session, rows, trace);
    }

    private static List<(long Seq, EventId Id)> Find(SqliteSession session, IReadOnlyList<EventId> ids)
    {
        var rows = new List<(long Seq, EventId Id)>();
        foreach (var id in ids)
        {
            if (session[SelectOneWithText].Bind(1, Key128.Of(id.Value)).Scalar() is { } seq)
            {
                rows.Add((seq, id));
            }
        }

        return rows;
    }

    private List<EventId> Redact(SqliteSession session, List<(long Seq, EventId Id)> rows, byte[]? trace)
    {
        foreach (var (seq, _) in rows)
        {
            session[BlankText].Bind(1, seq).Execute();
        }

        var state = LogState.Read(session);
        state.ChatsWithText -= rows.Count;
        state.Pending += Requeue.Run(session, rows.Select(row => row.Seq), time.GetUtcNow().ToUnixTimeMilliseconds(), trace);
        state.Write(session);
        return rows.ConvertAll(row => row.Id);
    }
}
