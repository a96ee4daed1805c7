using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>One file in WAL mode: a single writer that groups commits, and as many readers as are reading.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>How long a write waits for another process that is writing, in milliseconds.</summary>
    private const int BusyTimeoutMilliseconds = 30_000;

    private readonly string _path;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly WalTruncation _truncation;

    /// <summary>Opens the file, making it when it is not there.</summary>
    /// <exception cref="StoreStartupException">The file cannot be opened, is not a database or is of a newer version.</exception>
    public SqliteDatabase(string path, SqliteSchema schema, Durability durability)
    {
        _path = Path.GetFullPath(path);
        _truncation = new WalTruncation(_path, BusyTimeoutMilliseconds);

        // A batch over many users dirties many pages of an index: the cache holds them until the commit, and a
        // checkpoint is put off until pages have been written several times over (64 MB of WAL).
        var session = Open(
            schema,
            $"""
            PRAGMA busy_timeout={BusyTimeoutMilliseconds};
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous={(durability == Durability.PowerLoss ? "FULL" : "NORMAL")};
            PRAGMA secure_delete=ON;
            PRAGMA cache_size=-32768;
            PRAGMA wal_autocheckpoint=16384;
            PRAGMA temp_store=MEMORY;
            """);
        _readers = new SqliteReaders(() => new SqliteSession(_path,
            $"PRAGMA busy_timeout={BusyTimeoutMilliseconds}; PRAGMA query_only=ON;"));
        _writer = new SqliteWriter(session, $"sqlite {Path.GetFileName(path)}", () => RolledBack?.Invoke());
    }

    /// <summary>Raised on the writer's thread when a transaction was undone.</summary>
    public event Action? RolledBack;

    /// <inheritdoc cref="SqliteWriter.RunAsync" />
    public Task<T> WriteAsync<T>(
        Func<SqliteSession, T> work, int weight, CancellationToken cancellationToken, Action<T>? committed = null) =>
        _writer.RunAsync(work, weight, committed, cancellationToken);

    /// <summary>A session to read with. Short reads only: a read that lasts keeps the WAL from being emptied.</summary>
    public SqliteReaders.Lease Read() => _readers.Rent();

    /// <summary>Moves the WAL into the file and cuts it to nothing, so that what was deleted is in neither.</summary>
    public Task TruncateWalAsync(CancellationToken cancellationToken) => _truncation.RunAsync().WaitAsync(cancellationToken);

    /// <summary>Finishes the queued writes and closes; the last to close moves the WAL into the file and removes it.</summary>
    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
    }

    private SqliteSession Open(SqliteSchema schema, string pragmas)
    {
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(_path, pragmas);
            schema.Apply(session, _path);
            return session;
        }
        catch (SqliteException error)
        {
            session?.Dispose();
            throw new StoreStartupException($"{_path} cannot be opened as a database: {error.Message}", error);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }
}
