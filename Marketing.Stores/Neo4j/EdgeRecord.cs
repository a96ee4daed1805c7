using Marketing.Domain;
using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>Converts an edge to and from Cypher's maps and records, with times as milliseconds since 1970 for simple comparison.</summary>
internal static class EdgeRecord
{
    /// <summary>The columns that a query returns for each edge, given <c>u</c>, <c>r</c> and <c>c</c>.</summary>
    public const string Columns =
        "u.id AS user, c.id AS campaign, r.chats AS chats, r.views AS views, r.clicks AS clicks, "
        + "r.conversions AS conversions, r.dismissals AS dismissals, r.lastAt AS lastAt, r.recentViews AS recentViews";

    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static Dictionary<string, object?> ToMap(CampaignEdge edge) => new()
    {
        ["user"] = edge.UserId.Value,
        ["campaign"] = edge.CampaignId.Value,
        ["state"] = new Dictionary<string, object?>
        {
            ["chats"] = edge.Chats,
            ["views"] = edge.Views,
            ["clicks"] = edge.Clicks,
            ["conversions"] = edge.Conversions,
            ["dismissals"] = edge.Dismissals,
            ["lastAt"] = edge.LastAt.ToUnixTimeMilliseconds(),
            ["recentViews"] = edge.RecentViews.Select(at => at.ToUnixTimeMilliseconds()).ToList(),
        },
    };

    public static CampaignEdge ToEdge(IRecord record) => new(
        new UserId(record["user"].As<string>()),
        new CampaignId(record["campaign"].As<string>()),
        Count(record["chats"]),
        Count(record["views"]),
        Count(record["clicks"]),
        Count(record["conversions"]),
        Count(record["dismissals"]),
        Time(record["lastAt"]),
        record["recentViews"] is List<object> views ? views.ConvertAll(Time) : []);

    // A missing property or one of another type, which nothing here writes, reads as zero: the consistency check finds the difference.
    private static int Count(object? value) => value is long count ? (int)Math.Clamp(count, int.MinValue, int.MaxValue) : 0;

    private static DateTimeOffset Time(object? value) => value is long milliseconds
        ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, Earliest, Latest))
        : DateTimeOffset.MinValue;
}
