using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>The totals in the file, by hour, by day and overall, always changed together.</summary>
internal static class EngagementTotals
{
    private const int Ever = 0;
    private const int Day = 1;
    private const int Hour = 2;

    private const string Select =
        """
        SELECT bucket, campaign_id, chats, views, clicks, conversions, dismissals FROM totals
        WHERE grain = ?1 AND bucket >= ?2 AND bucket < ?3
        """;

    /// <summary>Adds differences, given by hour and campaign, to the totals.</summary>
    public static void Add(SqliteSession session, FactTables tables, Dictionary<(long Hour, int Campaign), Tally> differences)
    {
        var rows = ByGrain(differences);
        var upsert = session[tables.AddToTotals];

        // In table order: adjacent rows share pages.
        foreach (var ((grain, bucket, campaign), difference) in rows.OrderBy(row => row.Key))
        {
            difference.Bind(upsert.Bind(1, grain).Bind(2, bucket).Bind(3, campaign), 4).Execute();
        }
    }

    /// <summary>Counts the rows that differ from the facts' sums; a row of zeros equals a missing row.</summary>
    public static long Differences(SqliteSession session, FactTables tables, Dictionary<(long Hour, int Campaign), Tally> byHour)
    {
        var expected = ByGrain(byHour);
        long differences = 0;
        var row = session[tables.SelectTotals];
        while (row.Step())
        {
            expected.Remove((row.Int64(0), row.Int64(1), row.Int64(2)), out var right);
            differences += Tally.Read(row, 3) == right ? 0 : 1;
        }

        return differences + expected.Values.Count(missing => !missing.IsZero);
    }

    /// <summary>Sums the totals by campaign since an hour; null: since the beginning.</summary>
    public static Dictionary<int, Tally> Sum(SqliteSession session, long? fromHour)
    {
        var sums = new Dictionary<int, Tally>();
        if (fromHour is not { } hour)
        {
            AddAll(session, sums, Ever, 0, 1);
            return sums;
        }

        long firstWholeDay = Bucket.DayOf(hour + Bucket.Hours - 1);
        AddAll(session, sums, Hour, hour, firstWholeDay * Bucket.Hours);
        AddAll(session, sums, Day, firstWholeDay, long.MaxValue);
        return sums;
    }

    /// <summary>Returns totals by day, oldest first, of one campaign or of all together.</summary>
    public static List<(long Day, Tally Total)> Daily(SqliteSession session, int? campaign, long fromDay)
    {
        var days = new SortedDictionary<long, Tally>();
        var row = session[Select].Bind(1, Day).Bind(2, fromDay).Bind(3, long.MaxValue);
        while (row.Step())
        {
            if (campaign is null || row.Int32(1) == campaign)
            {
                days[row.Int64(0)] = days.GetValueOrDefault(row.Int64(0)) + Tally.Read(row, 2);
            }
        }

        return [.. days.Where(day => !day.Value.IsZero).Select(day => (day.Key, day.Value))];
    }

    private static Dictionary<(long Grain, long Bucket, long Campaign), Tally> ByGrain(
        Dictionary<(long Hour, int Campaign), Tally> byHour)
    {
        var rows = new Dictionary<(long, long, long), Tally>(byHour.Count * 2);
        foreach (var ((hour, campaign), tally) in byHour)
        {
            AddTo(rows, (Hour, hour, campaign), tally);
            AddTo(rows, (Day, Bucket.DayOf(hour), campaign), tally);
            AddTo(rows, (Ever, 0, campaign), tally);
        }

        return rows;
    }

    private static void AddAll(SqliteSession session, Dictionary<int, Tally> sums, int grain, long from, long before)
    {
        var row = session[Select].Bind(1, grain).Bind(2, from).Bind(3, before);
        while (row.Step())
        {
            AddTo(sums, row.Int32(1), Tally.Read(row, 2));
        }
    }

    private static void AddTo<TKey>(Dictionary<TKey, Tally> sums, TKey key, Tally difference)
        where TKey : notnull =>
        sums[key] = sums.GetValueOrDefault(key) + difference;
}
