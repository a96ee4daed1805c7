using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>An open connection with its prepared statements; only one thread at a time may use it.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>Pages per step of a copy: 1 MB at SQLite's default page size.</summary>
    private const int PagesPerStep = 256;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly Action<SqliteException>? _damaged;

    /// <param name="path">The file.</param>
    /// <param name="pragmas">Pragmas to run after opening.</param>
    /// <param name="damaged">Called when a statement finds that the file is damaged.</param>
    public SqliteSession(string path, string pragmas, Action<SqliteException>? damaged = null)
    {
        _damaged = damaged;

        // Not pooled: the sessions are the pool. A pooled connection would keep the file open after Dispose.
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Run(pragmas);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement for a SQL text, prepared once per session.</summary>
    public SqliteStatement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
            {
                _statements[sql] = statement = new SqliteStatement(_connection.Handle!, sql, _damaged);
            }

            return statement;
        }
    }

    /// <summary>Runs statements that are not worth preparing.</summary>
    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Interrupts the running statement from another thread; the statement fails with <c>SQLITE_INTERRUPT</c>.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_connection.Handle!);

    /// <summary>Starts a read transaction: its reads see one snapshot and take the lock once instead of once each.</summary>
    public Snapshot BeginRead()
    {
        this["BEGIN"].Execute();
        return new Snapshot(this);
    }

    /// <summary>
    /// Copies the file, as it is at the start of the copy, page by page with SQLite's online backup. The read transaction pins the
    /// state, so that writes of others neither wait nor restart the copy.
    /// </summary>
    /// <param name="destination">An empty file.</param>
    /// <param name="progress">Called with the pages copied and all pages.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public void CopyTo(SqliteSession destination, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using var snapshot = BeginRead();
        this["SELECT count(*) FROM sqlite_schema"].Scalar();
        using var copy = raw.sqlite3_backup_init(destination._connection.Handle!, "main", _connection.Handle!, "main");
        if (copy.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(destination._connection.Handle!), destination._connection.Handle!);
        }

        int code;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(copy, PagesPerStep);
            long all = raw.sqlite3_backup_pagecount(copy);
            progress(all - raw.sqlite3_backup_remaining(copy), all);
        }
        while (code == raw.SQLITE_OK);
        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, destination._connection.Handle!);
        }
    }

    /// <summary>Resets every statement that was left before its last row, so that an idle session holds no lock.</summary>
    public void Reset()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>A read transaction.</summary>
    public readonly ref struct Snapshot(SqliteSession session)
    {
        public void Dispose()
        {
            session.Reset();
            session["COMMIT"].Execute();
        }
    }
}
