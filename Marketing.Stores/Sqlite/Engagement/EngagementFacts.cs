using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>Writes the facts in the file; each change returns its effect on the totals, by hour and campaign.</summary>
internal static class EngagementFacts
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static Dictionary<(long Hour, int Campaign), Tally> Record(
        SqliteSession session,
        FactTables tables,
        NumberedNames campaigns,
        IReadOnlyList<EngagementFact> facts,
        (Key128 Key, int Position)[] ordered)
    {
        var differences = new Dictionary<(long, int), Tally>();
        long next = 1 + (session[tables.LastSeq].Scalar() ?? 0);
        var insertKey = session[tables.InsertKey];
        var recorded = new List<int>(facts.Count);
        List<(Key128 Key, int Position)>? known = null;
        foreach (var (key, position) in ordered)
        {
            if (insertKey.Bind(1, key).Bind(2, next + position).Execute() == 1)
            {
                recorded.Add(position);
            }
            else
            {
                (known ??= []).Add((key, position));
            }
        }

        recorded.Sort();
        foreach (int position in recorded)
        {
            Insert(session, tables, campaigns, facts[position], next + position, differences);
        }

        foreach (var (key, position) in known ?? [])
        {
            Replace(session, tables, campaigns, facts[position], key, next + position, differences);
        }

        return differences;
    }

    public static Dictionary<(long Hour, int Campaign), Tally> Remove(
        SqliteSession session, FactTables tables, IReadOnlyList<EventId> ids)
    {
        var differences = new Dictionary<(long, int), Tally>();
        foreach (var id in ids)
        {
            if (session[tables.FindKey].Bind(1, Key128.Of(id.Value)).Scalar() is { } seq)
            {
                RemoveAll(session, tables, session[tables.SelectBySeq].Bind(1, seq), differences);
            }
        }

        return differences;
    }

    public static Dictionary<(long Hour, int Campaign), Tally> RemoveUser(SqliteSession session, FactTables tables, UserId user)
    {
        var differences = new Dictionary<(long, int), Tally>();
        RemoveAll(session, tables, session[tables.SelectByUser].Bind(1, (long)StoredFact.KeyOf(user)), differences);
        return differences;
    }

    /// <summary>Reads a fact from a row of <see cref="FactTables.SelectBySeq"/> or a similar query.</summary>
    public static StoredFact Read(SqliteStatement row) => new(
        new EventId(row.Text(1)),
        (ulong)row.Int64(2),
        new CampaignId(row.IsNull(6) ? $"\0{row.Int32(3)}" : row.Text(6)),
        (InteractionType)row.Int32(4),
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(row.Int64(5), Earliest, Latest)));

    private static void Insert(
        SqliteSession session, FactTables tables, NumberedNames campaigns, EngagementFact fact, long seq, Dictionary<(long, int), Tally> differences)
    {
        int campaign = Bind(session[tables.InsertFact], campaigns, fact, seq);
        Count(differences, fact.OccurredAt.ToUnixTimeMilliseconds(), campaign, Tally.Of(fact.Type, 1));
    }

    /// <summary>Overwrites the fact of a known key when it differs.</summary>
    private static void Replace(
        SqliteSession session,
        FactTables tables,
        NumberedNames campaigns,
        EngagementFact fact,
        Key128 key,
        long fresh,
        Dictionary<(long, int), Tally> differences)
    {
        long seq = session[tables.FindKey].Bind(1, key).Scalar() ?? fresh;
        var row = session[tables.SelectBySeq].Bind(1, seq);
        if (!row.Step())
        {
            // The key points to no fact, which happens only in a damaged file.
            session[tables.MoveKey].Bind(1, key).Bind(2, fresh).Execute();
            Insert(session, tables, campaigns, fact, fresh, differences);
            return;
        }

        bool same = row.Text(1) == fact.Id.Value && (ulong)row.Int64(2) == StoredFact.KeyOf(fact.UserId)
            && row.Int32(3) == campaigns.NumberOf(fact.CampaignId.Value) && row.Int32(4) == (int)fact.Type
            && row.Int64(5) == fact.OccurredAt.ToUnixTimeMilliseconds();
        var (before, campaign, type) = (row.Int64(5), row.Int32(3), (InteractionType)row.Int32(4));
        row.Reset();
        if (!same)
        {
            Count(differences, before, campaign, Tally.Of(type, -1));
            int now = Bind(session[tables.ReplaceFact], campaigns, fact, seq);
            Count(differences, fact.OccurredAt.ToUnixTimeMilliseconds(), now, Tally.Of(fact.Type, 1));
        }
    }

    private static int Bind(SqliteStatement statement, NumberedNames campaigns, EngagementFact fact, long seq)
    {
        int campaign = campaigns.NumberOf(fact.CampaignId.Value);
        statement
            .Bind(1, seq).Bind(2, fact.Id.Value).Bind(3, (long)StoredFact.KeyOf(fact.UserId)).Bind(4, campaign)
            .Bind(5, (long)fact.Type).Bind(6, fact.OccurredAt.ToUnixTimeMilliseconds()).Execute();
        return campaign;
    }

    private static void RemoveAll(
        SqliteSession session, FactTables tables, SqliteStatement row, Dictionary<(long, int), Tally> differences)
    {
        var facts = new List<(long Seq, string EventId)>();
        while (row.Step())
        {
            facts.Add((row.Int64(0), row.Text(1)));
            Count(differences, row.Int64(5), row.Int32(3), Tally.Of((InteractionType)row.Int32(4), -1));
        }

        foreach (var (seq, eventId) in facts)
        {
            session[tables.BlankFact].Bind(1, seq).Execute();
            session[tables.DeleteKey].Bind(1, Key128.Of(eventId)).Execute();
        }
    }

    private static void Count(Dictionary<(long, int), Tally> differences, long occurredAt, int campaign, Tally tally)
    {
        var key = (Bucket.HourOf(occurredAt), campaign);
        differences[key] = differences.GetValueOrDefault(key) + tally;
    }
}
