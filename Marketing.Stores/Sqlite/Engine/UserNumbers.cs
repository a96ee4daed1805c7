namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// The numbers that stand for users in a file's rows and indexes: a user's id is written in one place, where it can be
/// overwritten. A row is never removed, so that a number is never another's and no row is moved.
/// </summary>
internal static class UserNumbers
{
    /// <summary>The table of the users, for a file's schema.</summary>
    public const string Table =
        """
        CREATE TABLE users(
            id INTEGER PRIMARY KEY,
            erased INTEGER NOT NULL DEFAULT 0,
            key BLOB NOT NULL,
            name TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX users_by_key ON users(key) WHERE erased = 0;

        """;

    private const string Select = "SELECT id FROM users WHERE key = ?1 AND erased = 0";
    private const string Insert = "INSERT INTO users(key, name) VALUES (?1, ?2) RETURNING id";

    private const string Blank =
        """
        UPDATE users SET erased = 1, key = zeroblob(16), name = CAST(zeroblob(octet_length(name)) AS TEXT)
        WHERE id = ?1
        """;

    /// <summary>A user's number; null when it has none.</summary>
    public static long? Find(SqliteSession session, string name) => session[Select].Bind(1, Key128.Of(name)).Scalar();

    /// <summary>A user's number, given one when it has none.</summary>
    public static long FindOrAdd(SqliteSession session, string name, out bool added)
    {
        var key = Key128.Of(name);
        long? known = session[Select].Bind(1, key).Scalar();
        added = known is null;
        return known ?? session[Insert].Bind(1, key).Bind(2, name).Returning();
    }

    /// <summary>Overwrites a user's id where it lies.</summary>
    public static void Erase(SqliteSession session, long id) => session[Blank].Bind(1, id).Execute();
}
