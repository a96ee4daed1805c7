using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>One SQLite file in WAL mode, with a single writer that groups commits and any number of concurrent readers.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>How long a write waits for a write of another process, in milliseconds.</summary>
    private const int BusyTimeoutMilliseconds = 30_000;

    private readonly string _path;
    private readonly SqliteSchema _schema;
    private readonly string _pragmas;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly WalTruncation _truncation;
    private volatile string? _damage;
    private volatile SqliteSession? _check;
    private int _disposed;

    /// <summary>Opens the file and creates it when it is missing.</summary>
    /// <exception cref="UnusableFileException">The file is damaged, not a database, of another program or of a newer version.</exception>
    /// <exception cref="StoreStartupException">The file cannot be opened.</exception>
    public SqliteDatabase(string path, SqliteSchema schema, Durability durability)
    {
        _path = Path.GetFullPath(path);
        _truncation = new WalTruncation(_path, BusyTimeoutMilliseconds);
        _schema = schema;

        // A batch for many users dirties many index pages. The cache holds them until the commit, and a checkpoint waits for
        // 64 MB of WAL, so that a page that is written several times is copied once.
        _pragmas =
            $"""
            PRAGMA busy_timeout={BusyTimeoutMilliseconds};
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous={(durability == Durability.PowerLoss ? "FULL" : "NORMAL")};
            PRAGMA secure_delete=ON;
            PRAGMA cache_size=-32768;
            PRAGMA wal_autocheckpoint=16384;
            PRAGMA temp_store=MEMORY;
            """;
        var session = Open();
        _readers = new SqliteReaders(() => new SqliteSession(
            _path, $"PRAGMA busy_timeout={BusyTimeoutMilliseconds}; PRAGMA query_only=ON;", NoteDamage));
        _writer = new SqliteWriter(
            session, $"sqlite {Path.GetFileName(path)}", () => RolledBack?.Invoke(), open => Committing?.Invoke(open));
    }

    /// <summary>Raised on the writer's thread when a transaction is rolled back.</summary>
    public event Action? RolledBack;

    /// <summary>Raised on the writer's thread just before each commit, within the transaction.</summary>
    public event Action<SqliteSession>? Committing;

    /// <summary>Raised once, by the first thread that finds the file damaged.</summary>
    public event Action<string>? Damaged;

    /// <summary>The damage found since the file was opened; null when there is none.</summary>
    public string? Damage => _damage;

    /// <inheritdoc cref="SqliteWriter.RunAsync" />
    public Task<T> WriteAsync<T>(
        Func<SqliteSession, T> work, int weight, CancellationToken cancellationToken, Action<T>? committed = null) =>
        _writer.RunAsync(work, weight, committed, cancellationToken);

    /// <summary>Rents a session for short reads: a long read keeps the WAL from being truncated.</summary>
    public SqliteReaders.Lease Read() => _readers.Rent();

    /// <summary>The sessions behind <see cref="Read"/>.</summary>
    public SqliteReaders Readers => _readers;

    /// <summary>Copies the file to a new one while others read and write it; the copy needs no write-ahead log.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="progress">Called with the pages copied and all pages.</param>
    /// <param name="cancellationToken">Stops the copy and leaves an incomplete file.</param>
    public void CopyTo(string path, Action<long, long> progress, CancellationToken cancellationToken)
    {
        PrivateFiles.Ensure(path);
        using (var source = new SqliteSession(_path, $"PRAGMA busy_timeout={BusyTimeoutMilliseconds}; PRAGMA query_only=ON;", NoteDamage))
        using (var destination = new SqliteSession(path, "PRAGMA journal_mode=MEMORY;"))
        {
            source.CopyTo(destination, progress, cancellationToken);
        }

        // The copied header says that the file has a write-ahead log, without which it could not be read on a read-only disk.
        using var copy = new SqliteSession(path, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;");
    }

    /// <summary>Replaces this file with an empty one, between two transactions and while nobody reads.</summary>
    /// <param name="setAside">Moves the closed file away.</param>
    /// <param name="replaced">Called on the writer's thread to drop in-memory state that came from the old file.</param>
    public Task ReplaceAsync(Action setAside, Action replaced) => _writer.SwapSessionAsync(session =>
    {
        var next = session;
        _check?.Interrupt();
        _readers.WhileClosed(() =>
        {
            session.Dispose();
            setAside();
            next = Open();
            _damage = null;
            replaced();
        });
        return next;
    });

    /// <summary>Moves the WAL into the file and truncates it, so that deleted data is in neither.</summary>
    public Task TruncateWalAsync(CancellationToken cancellationToken)
    {
        _check?.Interrupt();
        return _truncation.RunAsync().WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Checks every page for damage. It may take minutes, so run it on its own thread. It yields to <see cref="TruncateWalAsync"/>,
    /// which cannot work while anything reads.
    /// </summary>
    /// <returns>False when it had to yield and must be repeated later. The result is in <see cref="Damage"/>.</returns>
    public bool QuickCheck(CancellationToken cancellationToken)
    {
        // The session is rented like any other, so the file cannot be replaced while the check runs.
        using var reader = Read();
        using var stop = cancellationToken.Register(reader.Session.Interrupt);
        _check = reader.Session;
        try
        {
            var row = reader.Session["PRAGMA quick_check(1)"];
            if (row.Step() && row.Text(0) is not "ok")
            {
                NoteDamage(row.Text(0));
            }

            row.Reset();
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        catch (SqliteException error) when (Engine.Damage.IsDamage(error))
        {
            return true;
        }
        finally
        {
            _check = null;
        }
    }

    /// <summary>Finishes the queued writes and closes the file; the last connection to close removes the WAL.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _readers.Dispose();
            _writer.Dispose();
        }
    }

    private void NoteDamage(SqliteException error) => NoteDamage(Engine.Damage.Describe(error));

    private void NoteDamage(string what)
    {
        if (_damage is null)
        {
            _damage = what;
            Damaged?.Invoke(what);
        }
    }

    private SqliteSession Open()
    {
        SqliteSession? session = null;
        try
        {
            PrivateFiles.Ensure(_path);
            session = new SqliteSession(_path, _pragmas, NoteDamage);
            _schema.Apply(session, _path);
            PrivateFiles.Restrict(_path + "-wal");
            PrivateFiles.Restrict(_path + "-shm");
            return session;
        }
        catch (SqliteException error)
        {
            session?.Dispose();
            throw Engine.Damage.IsUnusable(error)
                ? new UnusableFileException(_path, "is damaged, or not a database", $"{error.Message.TrimEnd('.')}. Restore it from a backup.", error)
                : new StoreStartupException($"{_path} cannot be opened as a database: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreStartupException($"{_path} cannot be opened: {error.Message}", error);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }
}
