using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>How users' edges lie in the file.</summary>
internal static class GraphRow
{
    private const string SelectAll =
        "SELECT u.name, a.edges, u.key, u.erased FROM adjacency a LEFT JOIN users u ON u.id = a.user_id";

    private const string Upsert =
        "INSERT INTO adjacency(user_id, edges) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET edges = excluded.edges";

    /// <summary>Every user's edges. A row that makes no sense is passed over: the check finds that its edges are missing.</summary>
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

    /// <summary>Replaces everything in the file, whatever is there, by what is in memory.</summary>
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

    /// <summary>How many users and campaign names differ between the file and memory.</summary>
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

            // A user whose key is wrong could not be found to be changed or erased.
            Key128.Of(row.Text(0)).Write(key);
            differences += row.Bytes(2).SequenceEqual(key) && row.Int64(3) == 0 ? 0 : 1;
        }

        return differences + expected.Count;
    }
}
