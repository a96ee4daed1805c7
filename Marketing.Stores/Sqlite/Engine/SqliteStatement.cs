using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// A prepared statement that is bound and read by position; only one thread at a time may use it. It bypasses
/// <see cref="SqliteCommand"/> on the same native handle, because a command's parameters and readers cost more than the inserts
/// themselves (<c>Marketing.Benchmarks -- log</c> measures both).
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly Action<SqliteException>? _damaged;

    /// <param name="database">The connection.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="damaged">Called before the error is thrown when SQLite finds that the file is damaged.</param>
    public SqliteStatement(sqlite3 database, string sql, Action<SqliteException>? damaged = null)
    {
        _database = database;
        _damaged = damaged;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public SqliteStatement Bind(int position, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, position, value));
        return this;
    }

    public SqliteStatement Bind(int position, ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_blob(_statement, position, blob));
        return this;
    }

    public SqliteStatement Bind(int position, byte[]? blob)
    {
        Check(blob is null
            ? raw.sqlite3_bind_null(_statement, position)
            : raw.sqlite3_bind_blob(_statement, position, blob));
        return this;
    }

    public SqliteStatement Bind(int position, long? value)
    {
        Check(value is { } number
            ? raw.sqlite3_bind_int64(_statement, position, number)
            : raw.sqlite3_bind_null(_statement, position));
        return this;
    }

    /// <summary>Binds text with its length, so that a U+0000 within it is kept.</summary>
    public SqliteStatement Bind(int position, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            Check(text is null
                ? raw.sqlite3_bind_null(_statement, position)
                : raw.sqlite3_bind_text(_statement, position, text));
            return this;
        }

        byte[]? rented = null;
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = most <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(most);
        int length = Encoding.UTF8.GetBytes(text, buffer);
        int code = raw.sqlite3_bind_text(_statement, position, buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        Check(code);
        return this;
    }

    /// <summary>Moves to the next row; after the last it returns false and resets the statement.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        int reset = raw.sqlite3_reset(_statement);
        Check(code == raw.SQLITE_DONE ? reset : code);
        return false;
    }

    /// <summary>Runs to the end and returns the number of changed rows.</summary>
    public int Execute()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Returns the integer in the first row, or null when there is no row.</summary>
    public long? Scalar()
    {
        if (!Step())
        {
            return null;
        }

        long value = Int64(0);
        Reset();
        return value;
    }

    /// <summary>Returns the integer that an insert returns, and runs the statement to its end.</summary>
    public long Returning()
    {
        Step();
        long value = Int64(0);
        Step();
        return value;
    }

    /// <summary>Whether the query returns no row.</summary>
    public bool IsEmpty()
    {
        bool empty = !Step();
        Reset();
        return empty;
    }

    /// <summary>Stops before the last row; not needed after <see cref="Step"/> has returned false.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => raw.sqlite3_column_int(_statement, column);

    /// <summary>The bytes of a blob or text; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE)
        {
            return;
        }

        try
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
        catch (SqliteException error) when (Damage.IsDamage(error))
        {
            _damaged?.Invoke(error);
            throw;
        }
    }
}

internal static class KeyBinding
{
    /// <summary>Binds a key as 16 bytes.</summary>
    public static SqliteStatement Bind(this SqliteStatement statement, int position, Key128 key)
    {
        Span<byte> bytes = stackalloc byte[Key128.Size];
        key.Write(bytes);
        return statement.Bind(position, (ReadOnlySpan<byte>)bytes);
    }

    public static SqliteStatement Bind(this SqliteStatement statement, int position, Key128? key) =>
        key is { } value ? statement.Bind(position, value) : statement.Bind(position, (string?)null);
}
