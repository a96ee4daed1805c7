using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>Reads and writes users' edges in the file.</summary>
internal static class GraphRow
{
    private const string SelectAll =
        "SELECT u.name, a.edges, u.key, u.erased FROM adjacency a LEFT JOIN users u ON u.id = a.user_id";

    private const string Upsert =
        "INSERT INTO adjacency(user_id, edges) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET edges = excluded.edges";

    /// <summary>Loads every user's edges and skips unreadable rows: the consistency check finds that their edges are missing.</summary>
    public static GraphState Load(SqliteSession session)
    {
        var state = new GraphState(NumberedNames.Load(session));
        var row = session[SelectAll];
        while (row.Step())
        {
            if (!row.IsNull(0) && AdjacencyReader.IsWhole(row.Bytes(1)))
            {
                state.Publish(new UserId(row.Text(0)), row.Bytes(1).ToArray());
            }
        }

        return state;
    }

    /// <summary>Replaces users' edges; null removes a user.</summary>
    public static void Write(SqliteSession session, GraphChange change)
    {
        foreach (var (user, edges) in change.Users)
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

    /// <summary>Replaces the file's whole content with the in-memory state.</summary>
    public static void WriteAll(SqliteSession session, GraphState state)
    {
        session.Run("DROP TABLE adjacency; DROP TABLE users; DROP TABLE names;" + GraphSchema.Tables);
        foreach (var (user, edges) in state.All())
        {
            long number = UserNumbers.FindOrAdd(session, user.Value, out _);
            session[Upsert].Bind(1, number).Bind(2, edges.AsSpan()).Execute();
        }

        state.Campaigns.SaveAll(session);
    }

    /// <summary>Counts the users and campaign names that differ between the file and memory.</summary>
    public static long Differences(SqliteSession session, GraphState state)
    {
        var expected = state.All();
        long differences = state.Campaigns.Differences(session);
        Span<byte> key = stackalloc byte[Key128.Size];
        var row = session[SelectAll];
        while (row.Step())
        {
            if (row.IsNull(0) || !expected.Remove(new UserId(row.Text(0)), out byte[]? edges) || !row.Bytes(1).SequenceEqual(edges))
            {
                differences++;
                continue;
            }

            // A user with a wrong key could not be found for a change or an erasure.
            Key128.Of(row.Text(0)).Write(key);
            differences += row.Bytes(2).SequenceEqual(key) && row.Int64(3) == 0 ? 0 : 1;
        }

        return differences + expected.Count;
    }
}
