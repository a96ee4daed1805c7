using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>Tells a damaged file from a store that is only unavailable for now, for example because the disk is full.</summary>
internal static class Damage
{
    /// <summary>Whether the SQLite error code means that the file's content is corrupt.</summary>
    public static bool IsDamage(int code) =>
        (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB || code == raw.SQLITE_IOERR_SHORT_READ;

    /// <inheritdoc cref="IsDamage(int)"/>
    public static bool IsDamage(SqliteException error) => IsDamage(error.SqliteExtendedErrorCode);

    /// <summary>
    /// Whether the error means that a file that was just opened is unusable. Nothing else uses the file yet, so a missing table or
    /// column (<c>SQLITE_ERROR</c>), a value of the wrong type, or content that cannot be decoded means that it is not our file.
    /// </summary>
    public static bool IsUnusable(Exception error) => error switch
    {
        SqliteException sqlite => IsDamage(sqlite) || sqlite.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_MISMATCH or raw.SQLITE_CONSTRAINT,
        UnusableFileException => true,
        InvalidDataException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException
            or InvalidCastException or KeyNotFoundException or NullReferenceException => true,
        _ => false,
    };

    /// <summary>Describes the error for logs and health checks, in one line and without any content of the file.</summary>
    public static string Describe(Exception error) => error switch
    {
        UnusableFileException unusable => unusable.Reason,
        SqliteException sqlite => $"is damaged (SQLite error {sqlite.SqliteExtendedErrorCode})",
        _ => $"is damaged ({error.GetType().Name})",
    };
}
