using Marketing.Recommender.Model;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>How a user's edges are written to their row.</summary>
internal static class GraphRow
{
    private const string Upsert =
        """
        INSERT INTO users(key, name, edges) VALUES (?1, ?2, ?3)
        ON CONFLICT(key) DO UPDATE SET edges = excluded.edges
        """;

    private const string Blank =
        """
        UPDATE users SET name = CAST(zeroblob(octet_length(name)) AS TEXT), edges = zeroblob(length(edges))
        WHERE key = ?1
        """;

    /// <summary>Replaces a user's edges; null removes the user, overwriting what was there.</summary>
    public static void Write(SqliteSession session, UserId user, byte[]? edges)
    {
        var key = Key128.Of(user.Value);
        if (edges is not null)
        {
            session[Upsert].Bind(1, key).Bind(2, user.Value).Bind(3, edges.AsSpan()).Execute();
        }
        else if (session[Blank].Bind(1, key).Execute() > 0)
        {
            session["DELETE FROM users WHERE key = ?1"].Bind(1, key).Execute();
        }
    }
}
