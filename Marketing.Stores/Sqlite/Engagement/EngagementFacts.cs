using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>The facts in the file; each change says by how much it changes the totals, by hour and campaign.</summary>
internal static class EngagementFacts
{
    private const string InsertKey = "INSERT OR IGNORE INTO fact_keys(key, seq) VALUES (?1, ?2)";

    private const string InsertFact =
        """
        INSERT INTO facts(seq, event_id, user_hash, campaign_id, type, occurred_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    private const string SelectBySeq = "SELECT seq, event_id, campaign_id, type, occurred_at FROM facts WHERE seq = ?1 AND erased = 0";
    private const string SelectByUser = "SELECT seq, event_id, campaign_id, type, occurred_at FROM facts WHERE user_hash = ?1 AND erased = 0";
    private const string Blank = "UPDATE facts SET erased = 1, event_id = CAST(zeroblob(octet_length(event_id)) AS TEXT) WHERE seq = ?1";

    public static Dictionary<(long Hour, int Campaign), Tally> Record(
        SqliteSession session, NumberedNames campaigns, IReadOnlyList<EngagementFact> facts, (Key128 Key, int Position)[] ordered)
    {
        var differences = new Dictionary<(long, int), Tally>();
        long next = 1 + (session["SELECT max(seq) FROM facts"].Scalar() ?? 0);
        var insertKey = session[InsertKey];
        var recorded = new List<int>(facts.Count);
        foreach (var (key, position) in ordered)
        {
            if (insertKey.Bind(1, key).Bind(2, next + position).Execute() == 1)
            {
                recorded.Add(position);
            }
        }

        recorded.Sort();
        var insertFact = session[InsertFact];
        foreach (int position in recorded)
        {
            var fact = facts[position];
            int campaign = campaigns.NumberOf(fact.CampaignId.Value);
            long occurredAt = fact.OccurredAt.ToUnixTimeMilliseconds();
            insertFact
                .Bind(1, next + position).Bind(2, fact.Id.Value).Bind(3, HashOf(fact.UserId)).Bind(4, campaign)
                .Bind(5, (long)fact.Type).Bind(6, occurredAt).Execute();
            Count(differences, occurredAt, campaign, Tally.Of(fact.Type, 1));
        }

        return differences;
    }

    public static Dictionary<(long Hour, int Campaign), Tally> Remove(SqliteSession session, IReadOnlyList<EventId> ids)
    {
        var differences = new Dictionary<(long, int), Tally>();
        foreach (var id in ids)
        {
            if (session["SELECT seq FROM fact_keys WHERE key = ?1"].Bind(1, Key128.Of(id.Value)).Scalar() is { } seq)
            {
                RemoveAll(session, session[SelectBySeq].Bind(1, seq), differences);
            }
        }

        return differences;
    }

    public static Dictionary<(long Hour, int Campaign), Tally> RemoveUser(SqliteSession session, UserId user)
    {
        var differences = new Dictionary<(long, int), Tally>();
        RemoveAll(session, session[SelectByUser].Bind(1, HashOf(user)), differences);
        return differences;
    }

    private static void RemoveAll(SqliteSession session, SqliteStatement row, Dictionary<(long, int), Tally> differences)
    {
        var facts = new List<(long Seq, string EventId)>();
        while (row.Step())
        {
            facts.Add((row.Int64(0), row.Text(1)));
            Count(differences, row.Int64(4), row.Int32(2), Tally.Of((InteractionType)row.Int32(3), -1));
        }

        foreach (var (seq, eventId) in facts)
        {
            session[Blank].Bind(1, seq).Execute();
            session["DELETE FROM fact_keys WHERE key = ?1"].Bind(1, Key128.Of(eventId)).Execute();
        }
    }

    private static void Count(Dictionary<(long, int), Tally> differences, long occurredAt, int campaign, Tally tally)
    {
        var key = (Bucket.HourOf(occurredAt), campaign);
        differences[key] = differences.GetValueOrDefault(key) + tally;
    }

    private static long HashOf(UserId user) => (long)Key128.Of(user.Value).High;
}
