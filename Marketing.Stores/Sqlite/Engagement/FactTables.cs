using System.Globalization;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>
/// One set of the engagement tables with its statements: the served set, or one that a rebuild fills beside it.
/// </summary>
internal sealed class FactTables
{
    /// <summary>The served tables.</summary>
    public static readonly FactTables Live = new("");

    private readonly string _suffix;

    private FactTables(string suffix)
    {
        _suffix = suffix;
        Names = $"names{suffix}";
        LastSeq = $"SELECT max(seq) FROM facts{suffix}";
        InsertKey = $"INSERT OR IGNORE INTO fact_keys{suffix}(key, seq) VALUES (?1, ?2)";
        MoveKey = $"UPDATE fact_keys{suffix} SET seq = ?2 WHERE key = ?1";
        FindKey = $"SELECT seq FROM fact_keys{suffix} WHERE key = ?1";
        DeleteKey = $"DELETE FROM fact_keys{suffix} WHERE key = ?1";
        InsertFact =
            $"INSERT INTO facts{suffix}(seq, event_id, user_hash, campaign_id, type, occurred_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        ReplaceFact =
            $"UPDATE facts{suffix} SET event_id = ?2, user_hash = ?3, campaign_id = ?4, type = ?5, occurred_at = ?6 WHERE seq = ?1";
        BlankFact = $"UPDATE facts{suffix} SET erased = 1, event_id = CAST(zeroblob(octet_length(event_id)) AS TEXT) WHERE seq = ?1";
        SelectBySeq = $"{Select} WHERE f.seq = ?1 AND f.erased = 0";
        SelectByUser = $"{Select} WHERE f.user_hash = ?1 AND f.erased = 0";
        SelectAfter = $"{Select} WHERE f.seq > ?1 AND f.erased = 0 ORDER BY f.seq LIMIT ?2";
        SelectAll = $"{Select} WHERE f.erased = 0";
        SelectTotals = $"SELECT grain, bucket, campaign_id, chats, views, clicks, conversions, dismissals FROM totals{suffix}";
        AddToTotals =
            $"""
            INSERT INTO totals{suffix} VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT DO UPDATE SET chats = chats + excluded.chats, views = views + excluded.views,
                clicks = clicks + excluded.clicks, conversions = conversions + excluded.conversions,
                dismissals = dismissals + excluded.dismissals
            """;
        CountFacts = $"SELECT count(*) FROM facts{suffix} WHERE erased = 0";
        CountKeys = $"SELECT count(*) FROM fact_keys{suffix}";
    }

    public string Names { get; }

    public string LastSeq { get; }

    public string InsertKey { get; }

    public string MoveKey { get; }

    public string FindKey { get; }

    public string DeleteKey { get; }

    public string InsertFact { get; }

    public string ReplaceFact { get; }

    public string BlankFact { get; }

    /// <summary>Columns: seq, event id, user hash, campaign number, type, time, campaign.</summary>
    public string SelectBySeq { get; }

    public string SelectByUser { get; }

    public string SelectAfter { get; }

    public string SelectAll { get; }

    public string SelectTotals { get; }

    public string AddToTotals { get; }

    public string CountFacts { get; }

    public string CountKeys { get; }

    private string Select =>
        $"SELECT f.seq, f.event_id, f.user_hash, f.campaign_id, f.type, f.occurred_at, n.name FROM facts{_suffix} f LEFT JOIN {Names} n ON n.id = f.campaign_id";

    /// <summary>The tables that a rebuild fills.</summary>
    public static FactTables OfBuild(long build) => new(string.Create(CultureInfo.InvariantCulture, $"_b{build}"));

    /// <summary>Creates the empty tables, without the index that is only for finding a user's facts.</summary>
    public void Create(SqliteSession session) => session.Run(EngagementSchema.Tables(_suffix));

    public void Drop(SqliteSession session) => session.Run(
        $"""
        DROP TABLE IF EXISTS facts{_suffix};
        DROP TABLE IF EXISTS fact_keys{_suffix};
        DROP TABLE IF EXISTS totals{_suffix};
        DROP TABLE IF EXISTS names{_suffix};
        """);

    /// <summary>Replaces the served tables with these, within a transaction; nobody sees the change before the commit.</summary>
    public void TakePlace(SqliteSession session)
    {
        Live.Drop(session);
        session.Run(
            $"""
            ALTER TABLE facts{_suffix} RENAME TO facts;
            ALTER TABLE fact_keys{_suffix} RENAME TO fact_keys;
            ALTER TABLE totals{_suffix} RENAME TO totals;
            ALTER TABLE names{_suffix} RENAME TO names;
            """ + EngagementSchema.UserIndex);
    }
}
