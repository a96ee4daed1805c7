using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>Makes interactions pending as if they were new, within a write transaction.</summary>
internal static class Requeue
{
    private const string Renew =
        "UPDATE queue SET appended_at = ?2, available_at = 0, attempts = 0, leased = 0, trace = ?3 WHERE seq = ?1";

    private const string Enqueue =
        """
        INSERT INTO queue(seq, appended_at, available_at, trace)
        SELECT seq, ?2, 0, ?3 FROM interactions WHERE seq = ?1 AND erased = 0
        """;

    /// <param name="session">The session of the transaction.</param>
    /// <param name="seqs">The interactions' sequence numbers.</param>
    /// <param name="now">Milliseconds since 1970, UTC.</param>
    /// <param name="trace">The caller's trace context (<see cref="TraceBytes"/>).</param>
    /// <returns>By how many the pending interactions have increased.</returns>
    public static long Run(SqliteSession session, IEnumerable<long> seqs, long now, byte[]? trace)
    {
        long added = 0;
        var renew = session[Renew].Bind(2, now).Bind(3, trace);
        var enqueue = session[Enqueue].Bind(2, now).Bind(3, trace);
        foreach (long seq in seqs)
        {
            if (renew.Bind(1, seq).Execute() == 0)
            {
                added += enqueue.Bind(1, seq).Execute();
            }
        }

        return added;
    }
}
