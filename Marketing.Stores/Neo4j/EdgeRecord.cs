using Marketing.Recommender.Model;
using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>An edge as Cypher's maps and records carry it. Times are milliseconds since 1970, so that order and equality are plain.</summary>
internal static class EdgeRecord
{
    /// <summary>What a query returns for each edge, given <c>u</c>, <c>r</c> and <c>c</c>.</summary>
    public const string Columns =
        "u.id AS user, c.id AS campaign, r.chats AS chats, r.views AS views, r.clicks AS clicks, "
        + "r.conversions AS conversions, r.dismissals AS dismissals, r.lastAt AS lastAt, r.recentViews AS recentViews";

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
        record["chats"].As<int>(),
        record["views"].As<int>(),
        record["clicks"].As<int>(),
        record["conversions"].As<int>(),
        record["dismissals"].As<int>(),
        DateTimeOffset.FromUnixTimeMilliseconds(record["lastAt"].As<long>()),
        record["recentViews"].As<List<long>>().ConvertAll(DateTimeOffset.FromUnixTimeMilliseconds));
}
