using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>Checks the data that the file derives from its facts, their keys and the totals, and recreates it.</summary>
internal static class EngagementAudit
{
    /// <summary>Counts the keys and totals that do not match the facts, in one snapshot, so that no write interferes.</summary>
    public static long Differences(SqliteSession session)
    {
        var tables = FactTables.Live;
        var byHour = new Dictionary<(long, int), Tally>();
        long found = 0, differences = 0;
        var key = session[tables.FindKey];
        var row = session[tables.SelectAll];
        while (row.Step())
        {
            Count(byHour, row);
            bool right = key.Bind(1, Key128.Of(row.Text(1))).Scalar() == row.Int64(0);
            (found, differences) = right ? (found + 1, differences) : (found, differences + 1);
        }

        long keys = session[tables.CountKeys].Scalar() ?? 0;
        return differences + Math.Max(0, keys - found) + EngagementTotals.Differences(session, tables, byHour);
    }

    /// <summary>Recreates keys and totals from the facts in a write transaction; of facts with the same id the first wins.</summary>
    public static void Mend(SqliteSession session)
    {
        var tables = FactTables.Live;
        session.Run("DELETE FROM fact_keys; DELETE FROM totals;");
        var byHour = new Dictionary<(long, int), Tally>();
        var twice = new List<long>();
        var insert = session[tables.InsertKey];
        var row = session[tables.SelectAll];
        while (row.Step())
        {
            if (insert.Bind(1, Key128.Of(row.Text(1))).Bind(2, row.Int64(0)).Execute() == 1)
            {
                Count(byHour, row);
            }
            else
            {
                twice.Add(row.Int64(0));
            }
        }

        foreach (long seq in twice)
        {
            session[tables.BlankFact].Bind(1, seq).Execute();
        }

        EngagementTotals.Add(session, tables, byHour);
    }

    private static void Count(Dictionary<(long, int), Tally> byHour, SqliteStatement row)
    {
        var key = (Bucket.HourOf(row.Int64(5)), row.Int32(3));
        byHour[key] = byHour.GetValueOrDefault(key) + Tally.Of((InteractionType)row.Int32(4), 1);
    }
}
