using System.Collections.Concurrent;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// The one thread that writes to a file. Calls that wait at the same time share a transaction and so a flush of the disk
/// (group commit): a thousand concurrent single appends cost a handful of commits. Nothing is awaited while the file is locked.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>Rows after which a transaction takes no further call; keeps it short for another process that waits to write.</summary>
    private const int MaxWeight = 20_000;

    /// <summary>The weight of work after which its transaction ends, so that nothing follows it there.</summary>
    public const int Last = MaxWeight;

    private readonly BlockingCollection<WriteWork> _queue = [];
    private readonly Action _rolledBack;
    private readonly Action<SqliteSession>? _committing;
    private readonly Thread _thread;
    private SqliteSession _session;

    /// <param name="session">The connection to write on; disposed with the writer.</param>
    /// <param name="name">The thread's name.</param>
    /// <param name="rolledBack">Called when a transaction was undone: what was remembered of it must be forgotten.</param>
    /// <param name="committing">Called at the end of each transaction, within it.</param>
    public SqliteWriter(SqliteSession session, string name, Action rolledBack, Action<SqliteSession>? committing = null)
    {
        _committing = committing;
        _session = session;
        _rolledBack = rolledBack;
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs work within a write transaction; when the task ends it is committed, as durably as the file is set to be.</summary>
    /// <param name="work">What to write. May be run again after a roll-back caused by another call.</param>
    /// <param name="weight">Rows it is about to touch, roughly.</param>
    /// <param name="committed">Called on the writer's thread after the commit, in the order of the commits.</param>
    /// <param name="cancellationToken">Takes back work that has not begun.</param>
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
    /// <param name="swap">Is given the present session, which it may close, and returns the one to go on with.</param>
    public Task SwapSessionAsync(Func<SqliteSession, SqliteSession> swap)
    {
        // So heavy that the writer takes nothing more into the same group: it is the last of it.
        var item = new SessionSwap(swap) { Weight = MaxWeight };
        return TryAdd(item) ? item.Task : Task.FromException(Closed());
    }

    /// <summary>Finishes what was queued, then closes the file.</summary>
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

        // One call's failure is its own: the others are given a transaction each.
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
            // No transaction was open: BEGIN itself failed, or SQLite had rolled back already.
        }
    }
}
