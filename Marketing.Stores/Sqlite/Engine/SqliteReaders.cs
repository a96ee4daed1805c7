using System.Collections.Concurrent;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>Read-only sessions, one a concurrent reader, kept for the next.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    public Lease Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new Lease(this, _idle.TryTake(out var session) ? session : open());
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(SqliteSession session)
    {
        session.Rest();
        _idle.Add(session);
        if (_disposed)
        {
            Dispose();
        }
    }

    /// <summary>A session in use.</summary>
    public readonly ref struct Lease(SqliteReaders readers, SqliteSession session)
    {
        public SqliteSession Session { get; } = session;

        public void Dispose() => readers.Return(Session);
    }
}
