namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// Maps user ids to the numbers that a file's rows and indexes use, so that an id is written in one place, where it can be
/// overwritten. Rows are never removed, so a number is never reused and no row moves.
/// </summary>
internal static class UserNumbers
{
    /// <summary>The script that creates the table of users.</summary>
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

    /// <summary>Returns a user's number, or null when it has none.</summary>
    public static long? Find(SqliteSession session, string name) => session[Select].Bind(1, Key128.Of(name)).Scalar();

    /// <summary>Returns a user's number and assigns one to a new user.</summary>
    public static long FindOrAdd(SqliteSession session, string name, out bool added)
    {
        var key = Key128.Of(name);
        long? known = session[Select].Bind(1, key).Scalar();
        added = known is null;
        return known ?? session[Insert].Bind(1, key).Bind(2, name).Returning();
    }

    /// <summary>Overwrites a user's id in place.</summary>
    public static void Erase(SqliteSession session, long id) => session[Blank].Bind(1, id).Execute();
}
