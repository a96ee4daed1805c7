using System.Diagnostics;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// The queue in <c>log.db</c>. An appended interaction is due at once, regardless of any clock; a lease or delay ends by the clock of
/// the process that set it. A claim is one write transaction, so no two processes can claim the same interaction.
/// </summary>
internal sealed class SqliteInteractionQueue(LogDatabase log, TimeProvider time, SteadyClock clock) : IInteractionQueue
{
    // A lease that ends later than one granted now was set by a clock that ran ahead: nobody holds it.
    private const string IsDue = "(available_at <= ?1 OR (leased = 1 AND available_at > ?2))";

    private const string AnyAvailable = "SELECT 1 FROM queue WHERE " + IsDue + " LIMIT 1";

    private const string Claim =
        "UPDATE queue SET available_at = ?2, attempts = attempts + 1, leased = 1"
        + " WHERE seq IN (SELECT seq FROM queue WHERE " + IsDue + " ORDER BY seq LIMIT ?3)"
        + " RETURNING seq, attempts, trace";

    private const string ReleaseAll =
        """
        UPDATE queue SET available_at = 0, leased = 0, appended_at = min(appended_at, ?1)
        WHERE leased = 1 OR available_at > 0 OR appended_at > ?1
        """;

    // Rows are ordered by time except requeued ones, which are newer than their position. Looking past these is enough, and avoids
    // reading a queue that may have a million rows.
    private const string Oldest = "SELECT min(appended_at) FROM (SELECT appended_at FROM queue ORDER BY seq LIMIT 1000)";

    private const string SelectRow = InteractionRow.Select + "WHERE i.seq = ?1 AND i.erased = 0";
    private const string IsPending = "SELECT 1 FROM queue WHERE seq = (SELECT k.seq FROM event_keys k WHERE k.key = ?1)";
    private const string FindSeq = "SELECT seq FROM event_keys WHERE key = ?1";
    private const string Remove = "DELETE FROM queue WHERE seq = ?1 AND leased = 1";
    private const string Release = "UPDATE queue SET available_at = ?2, leased = 0 WHERE seq = ?1 AND leased = 1";

    public async Task<IReadOnlyList<PendingInteraction>> ClaimAsync(
        int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);

        // An idle projector polls again and again; polling must not take the write lock from an import.
        if (!IsAnyAvailable(lease))
        {
            return [];
        }

        var claims = await log.Database.WriteAsync(session => Lease(session, max, lease), max, cancellationToken);
        log.Position.Saw(claims.Count > 0 ? claims[^1].Seq : 0);
        return Load(claims);
    }

    public async Task CompleteAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        await ChangeAsync(ids, (session, seqs) => -Run(session[Remove], seqs), cancellationToken);

    public async Task ReleaseAsync(IReadOnlyList<EventId> ids, TimeSpan delay, CancellationToken cancellationToken) =>
        await ChangeAsync(
            ids,
            (session, seqs) =>
            {
                Run(session[Release].Bind(2, (clock.GetUtcNow() + delay).ToUnixTimeMilliseconds()), seqs);
                return 0;
            },
            cancellationToken);

    public async Task RequeueAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        byte[]? trace = TraceBytes.OfCaller();
        await ChangeAsync(ids, (session, seqs) => Requeue.Run(session, seqs, Now(), trace), cancellationToken);
    }

    public Task<IReadOnlyList<EventId>> PendingAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        using var snapshot = reader.Session.BeginRead();
        var pending = reader.Session[IsPending];
        return Task.FromResult<IReadOnlyList<EventId>>(
            [.. ids.Where(id => !pending.Bind(1, Key128.Of(id.Value)).IsEmpty())]);
    }

    /// <summary>
    /// Makes everything due. Call it only from the sole projecting process: whoever set a lease or delay is gone, and nobody knows by
    /// which clock it ends.
    /// </summary>
    /// <returns>The number of interactions that were claimed, delayed or appended in the future.</returns>
    public Task<int> ReleaseAllAsync(CancellationToken cancellationToken) => log.Database.WriteAsync(
        session => session[ReleaseAll].Bind(1, Now()).Execute(), 1, cancellationToken);

    public Task<QueueBacklog> BacklogAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        using var snapshot = reader.Session.BeginRead();
        var state = LogState.Read(reader.Session);

        var oldest = reader.Session[Oldest];
        bool any = oldest.Step() && !oldest.IsNull(0);
        return Task.FromResult(new QueueBacklog(
            state.Pending, any ? DateTimeOffset.FromUnixTimeMilliseconds(oldest.Int64(0)) : null));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsAnyAvailable(TimeSpan lease)
    {
        using var reader = log.Database.Read();
        var now = clock.GetUtcNow();
        return reader.Session[AnyAvailable]
            .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, (now + lease).ToUnixTimeMilliseconds()).Scalar() is not null;
    }

    private List<Claimed> Lease(SqliteSession session, int max, TimeSpan lease)
    {
        var now = clock.GetUtcNow();
        var claim = session[Claim]
            .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, (now + lease).ToUnixTimeMilliseconds()).Bind(3, max);
        var claims = new List<Claimed>();
        while (claim.Step())
        {
            claims.Add(new Claimed(claim.Int64(0), claim.Int32(1), claim.IsNull(2) ? null : TraceBytes.Read(claim.Bytes(2))));
        }

        claims.Sort(static (left, right) => left.Seq.CompareTo(right.Seq));
        return claims;
    }

    private List<PendingInteraction> Load(List<Claimed> claims)
    {
        var pending = new List<PendingInteraction>(claims.Count);
        using var reader = log.Database.Read();
        using var snapshot = reader.Session.BeginRead();
        var row = reader.Session[SelectRow];
        foreach (var (seq, attempt, trace) in claims)
        {
            // Erased since the claim: there is nothing left to project.
            if (row.Bind(1, seq).Step())
            {
                pending.Add(new PendingInteraction(InteractionRow.Read(row), attempt, trace));
                row.Reset();
            }
        }

        return pending;
    }

    /// <param name="ids">The interactions to change.</param>
    /// <param name="change">Changes them by sequence number and returns the change in the number of pending interactions.</param>
    /// <param name="cancellationToken">Cancels a change that has not started.</param>
    private async Task ChangeAsync(
        IReadOnlyList<EventId> ids, Func<SqliteSession, long[], long> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long[] seqs = SeqsOf(ids);
        if (seqs.Length == 0)
        {
            return;
        }

        await log.Database.WriteAsync(
            session =>
            {
                long difference = change(session, seqs);
                if (difference != 0)
                {
                    var state = LogState.Read(session);
                    state.Pending += difference;
                    state.Write(session);
                }

                return difference;
            },
            seqs.Length,
            cancellationToken);
    }

    private long[] SeqsOf(IReadOnlyList<EventId> ids)
    {
        var seqs = new List<long>(ids.Count);
        using var reader = log.Database.Read();
        using var snapshot = reader.Session.BeginRead();
        var find = reader.Session[FindSeq];
        foreach (var id in ids)
        {
            if (find.Bind(1, Key128.Of(id.Value)).Scalar() is { } seq)
            {
                seqs.Add(seq);
            }
        }

        seqs.Sort();
        return [.. seqs];
    }

    private static long Run(SqliteStatement statement, long[] seqs)
    {
        long changed = 0;
        foreach (long seq in seqs)
        {
            changed += statement.Bind(1, seq).Execute();
        }

        return changed;
    }

    private readonly record struct Claimed(long Seq, int Attempt, ActivityContext? Trace);
}
