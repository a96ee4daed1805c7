using Marketing.Recommender.Model;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>How a user's edges are written to their row.</summary>
internal static class GraphRow
{
    /// <summary>Every user and the edges.</summary>
    public const string SelectAll = "SELECT u.name, a.edges FROM adjacency a JOIN users u ON u.id = a.user_id";

    private const string Upsert =
        "INSERT INTO adjacency(user_id, edges) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET edges = excluded.edges";

    /// <summary>Replaces a user's edges; null removes the user.</summary>
    public static void Write(SqliteSession session, UserId user, byte[]? edges)
    {
        if (edges is not null)
        {
            long number = UserNumbers.FindOrAdd(session, user.Value, out _);
            session[Upsert].Bind(1, number).Bind(2, edges.AsSpan()).Execute();
        }
        else if (UserNumbers.Find(session, user.Value) is { } number)
        {
            session["DELETE FROM adjacency WHERE user_id = ?1"].Bind(1, number).Execute();
            UserNumbers.Erase(session, number);
        }
    }
}
