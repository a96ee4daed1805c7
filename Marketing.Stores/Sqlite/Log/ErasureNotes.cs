using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>The erasures that projections have not applied yet.</summary>
internal static class ErasureNotes
{
    private const string Upsert =
        """
        INSERT INTO erasures(key, user_id, erased_at) VALUES (?1, ?2, ?3)
        ON CONFLICT(key) WHERE erased = 0 DO UPDATE SET erased_at = max(excluded.erased_at, erased_at + 1)
        """;

    private const string Blank =
        """
        UPDATE erasures SET erased = 1, key = zeroblob(16), user_id = CAST(zeroblob(octet_length(user_id)) AS TEXT)
        WHERE key = ?1 AND erased_at = ?2 AND erased = 0
        """;

    // Emptying the table as a whole frees its pages without moving a row.
    private const string Clear = "DELETE FROM erasures";
    private const string AnyLeft = "SELECT 1 FROM erasures WHERE erased = 0 LIMIT 1";

    /// <summary>Records an erasure; a later one for the same user gets a later time, even within the same millisecond.</summary>
    public static void Add(SqliteSession session, UserId userId, DateTimeOffset now) =>
        session[Upsert]
            .Bind(1, Key128.Of(userId.Value)).Bind(2, userId.Value).Bind(3, now.ToUnixTimeMilliseconds()).Execute();

    /// <summary>Removes a recorded erasure; returns false when a later one has replaced it.</summary>
    public static bool Remove(SqliteSession session, UnfinishedErasure erasure)
    {
        var key = Key128.Of(erasure.UserId.Value);
        long at = erasure.ErasedAt.ToUnixTimeMilliseconds();
        if (session[Blank].Bind(1, key).Bind(2, at).Execute() == 0)
        {
            return false;
        }

        if (session[AnyLeft].IsEmpty())
        {
            session[Clear].Execute();
        }

        return true;
    }

    public static List<UnfinishedErasure> ReadAll(SqliteSession session)
    {
        var notes = new List<UnfinishedErasure>();
        var row = session["SELECT user_id, erased_at FROM erasures WHERE erased = 0 ORDER BY erased_at, id"];
        while (row.Step())
        {
            notes.Add(new UnfinishedErasure(
                new UserId(row.Text(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(1))));
        }

        return notes;
    }
}
