using System.Collections.Concurrent;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>A pool of read-only sessions, one per concurrent reader.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly ReaderWriterLockSlim _inUse = new(LockRecursionPolicy.SupportsRecursion);
    private volatile bool _disposed;

    public Lease Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _inUse.EnterReadLock();
        try
        {
            return new Lease(this, _idle.TryTake(out var session) ? session : open());
        }
        catch
        {
            _inUse.ExitReadLock();
            throw;
        }
    }

    /// <summary>
    /// Runs an action while nobody reads: waits for active readers, blocks new ones and closes every session. A session that outlived
    /// its file would delete the next file's write-ahead log, which has the same name.
    /// </summary>
    public void WhileClosed(Action action)
    {
        _inUse.EnterWriteLock();
        try
        {
            Clear();
            action();
        }
        finally
        {
            _inUse.ExitWriteLock();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Clear();
    }

    private void Clear()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(SqliteSession session)
    {
        try
        {
            session.Reset();
            _idle.Add(session);
        }
        finally
        {
            _inUse.ExitReadLock();
        }

        if (_disposed)
        {
            Clear();
        }
    }

    /// <summary>A rented session.</summary>
    public readonly ref struct Lease(SqliteReaders readers, SqliteSession session)
    {
        public SqliteSession Session { get; } = session;

        public void Dispose() => readers.Return(Session);
    }
}
