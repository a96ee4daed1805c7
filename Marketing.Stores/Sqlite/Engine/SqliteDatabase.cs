using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>One file in WAL mode: a single writer that groups commits, and as many readers as are reading.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>How long a write waits for another process that is writing, in milliseconds.</summary>
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

    /// <summary>Opens the file, making it when it is not there.</summary>
    /// <exception cref="UnusableFileException">The file is damaged, not a database, of something else or of a newer version.</exception>
    /// <exception cref="StoreStartupException">The file cannot be opened.</exception>
    public SqliteDatabase(string path, SqliteSchema schema, Durability durability)
    {
        _path = Path.GetFullPath(path);
        _truncation = new WalTruncation(_path, BusyTimeoutMilliseconds);
        _schema = schema;

        // A batch over many users dirties many pages of an index: the cache holds them until the commit, and a
        // checkpoint is put off until pages have been written several times over (64 MB of WAL).
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

    /// <summary>Raised on the writer's thread when a transaction was undone.</summary>
    public event Action? RolledBack;

    /// <summary>Raised on the writer's thread at the end of each transaction, within it.</summary>
    public event Action<SqliteSession>? Committing;

    /// <summary>Raised once, by whichever thread is the first to find the file damaged.</summary>
    public event Action<string>? Damaged;

    /// <summary>What was found to be broken since the file was opened; null: nothing.</summary>
    public string? Damage => _damage;

    /// <inheritdoc cref="SqliteWriter.RunAsync" />
    public Task<T> WriteAsync<T>(
        Func<SqliteSession, T> work, int weight, CancellationToken cancellationToken, Action<T>? committed = null) =>
        _writer.RunAsync(work, weight, committed, cancellationToken);

    /// <summary>A session to read with. Short reads only: a read that lasts keeps the WAL from being emptied.</summary>
    public SqliteReaders.Lease Read() => _readers.Rent();

    /// <summary>Puts an empty file in the place of this one, between two transactions and while nobody reads.</summary>
    /// <param name="setAside">Moves the file away; it is closed.</param>
    /// <param name="replaced">Called on the writer's thread: what was remembered of the file is no longer in it.</param>
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

    /// <summary>Moves the WAL into the file and cuts it to nothing, so that what was deleted is in neither.</summary>
    public Task TruncateWalAsync(CancellationToken cancellationToken)
    {
        _check?.Interrupt();
        return _truncation.RunAsync().WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Reads every page and says what is broken. On a thread of its own, as it may take minutes, and it gives way to
    /// <see cref="TruncateWalAsync"/>, which cannot work while anything reads.
    /// </summary>
    /// <returns>False when it had to give way: ask again later. What it found is in <see cref="Damage"/>.</returns>
    public bool QuickCheck(CancellationToken cancellationToken)
    {
        // Rented like any other: the file is not replaced while it is in use.
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

    /// <summary>Finishes the queued writes and closes; the last to close moves the WAL into the file and removes it.</summary>
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
