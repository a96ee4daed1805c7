using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>Tells a damaged file from a store that merely cannot be used at the moment, such as a full disk.</summary>
internal static class Damage
{
    /// <summary>Whether SQLite says, at any time, that the content of the file is broken.</summary>
    public static bool IsDamage(int code) =>
        (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB || code == raw.SQLITE_IOERR_SHORT_READ;

    /// <inheritdoc cref="IsDamage(int)"/>
    public static bool IsDamage(SqliteException error) => IsDamage(error.SqliteExtendedErrorCode);

    /// <summary>
    /// Whether a file that has just been opened is not what it should be. While nothing else uses it, a missing table or column
    /// (<c>SQLITE_ERROR</c>) and a value of another type mean a file of something else, and so does content that cannot be decoded.
    /// </summary>
    public static bool IsUnusable(Exception error) => error switch
    {
        SqliteException sqlite => IsDamage(sqlite) || sqlite.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_MISMATCH or raw.SQLITE_CONSTRAINT,
        UnusableFileException => true,
        InvalidDataException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException
            or InvalidCastException or KeyNotFoundException or NullReferenceException => true,
        _ => false,
    };

    /// <summary>What happened, for a log line and for health: never more than one line, and nothing that the file holds.</summary>
    public static string Describe(Exception error) => error switch
    {
        UnusableFileException unusable => unusable.Reason,
        SqliteException sqlite => $"is damaged (SQLite error {sqlite.SqliteExtendedErrorCode})",
        _ => $"is damaged ({error.GetType().Name})",
    };
}
