using System.Collections.Concurrent;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// The only thread that writes to a file. Calls that wait at the same time share a transaction and its disk flush (group commit),
/// so a thousand concurrent single appends cost a handful of commits. Nothing is awaited while the file is locked.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>Rows after which a transaction accepts no more calls, so that another process does not wait long to write.</summary>
    private const int MaxWeight = 20_000;

    /// <summary>The weight that makes a call the last of its transaction.</summary>
    public const int Last = MaxWeight;

    private readonly BlockingCollection<WriteWork> _queue = [];
    private readonly Action _rolledBack;
    private readonly Action<SqliteSession>? _committing;
    private readonly Thread _thread;
    private SqliteSession _session;

    /// <param name="session">The connection to write on; disposed with the writer.</param>
    /// <param name="name">The thread's name.</param>
    /// <param name="rolledBack">Called after a rollback, to drop in-memory state that came from the transaction.</param>
    /// <param name="committing">Called just before each commit, within the transaction.</param>
    public SqliteWriter(SqliteSession session, string name, Action rolledBack, Action<SqliteSession>? committing = null)
    {
        _committing = committing;
        _session = session;
        _rolledBack = rolledBack;
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs work in a write transaction; the task completes after the commit, with the file's durability setting.</summary>
    /// <param name="work">What to write. It may run again after a rollback that another call caused.</param>
    /// <param name="weight">The approximate number of rows it touches.</param>
    /// <param name="committed">Called on the writer's thread after the commit, in commit order.</param>
    /// <param name="cancellationToken">Cancels work that has not started.</param>
    public Task<T> RunAsync<T>(
        Func<SqliteSession, T> work, int weight, Action<T>? committed, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var item = new WriteWork<T>(work, committed, cancellationToken) { Weight = weight };
        return TryAdd(item) ? item.Task : Task.FromException<T>(Closed());
    }

    /// <summary>Replaces the session on the writer's thread, after the transactions that were queued before.</summary>
    /// <param name="swap">Receives the current session, which it may close, and returns the session to use from now on.</param>
    public Task SwapSessionAsync(Func<SqliteSession, SqliteSession> swap)
    {
        // The weight ends the group, so the swap is the last work in it.
        var item = new SessionSwap(swap) { Weight = MaxWeight };
        return TryAdd(item) ? item.Task : Task.FromException(Closed());
    }

    /// <summary>Finishes the queued work and closes the file.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _session.Dispose();
    }

    private static ObjectDisposedException Closed() => new(nameof(SqliteWriter));

    private bool TryAdd(WriteWork work)
    {
        try
        {
            _queue.Add(work, CancellationToken.None);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Loop()
    {
        var group = new List<WriteWork>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            int weight = first.Weight;
            while (weight < MaxWeight && _queue.TryTake(out var next))
            {
                group.Add(next);
                weight += next.Weight;
            }

            var swap = group[^1] as SessionSwap;
            if (swap is not null)
            {
                group.RemoveAt(group.Count - 1);
            }

            CommitEach(group);
            _session = swap?.Swap(_session) ?? _session;
        }
    }

    private void CommitEach(List<WriteWork> group)
    {
        if (group.Count == 0 || Commit(group) is not { } error)
        {
            return;
        }

        if (group.Count == 1)
        {
            group[0].Failed(error);
            return;
        }

        // One call's failure must not fail the others: give each its own transaction.
        foreach (var work in group)
        {
            if (Commit([work]) is { } own)
            {
                work.Failed(own);
            }
        }
    }

    private Exception? Commit(List<WriteWork> group)
    {
        try
        {
            _session["BEGIN IMMEDIATE"].Execute();
            foreach (var work in group)
            {
                work.Run(_session);
            }

            _committing?.Invoke(_session);
            _session["COMMIT"].Execute();
        }
        catch (Exception error)
        {
            RollBack();
            return error;
        }

        foreach (var work in group)
        {
            work.Committed();
        }

        return null;
    }

    private void RollBack()
    {
        try
        {
            _rolledBack();
            _session.Run("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // No transaction was open: BEGIN itself failed, or SQLite has already rolled back.
        }
    }
}
