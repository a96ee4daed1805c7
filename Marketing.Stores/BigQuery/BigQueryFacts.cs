using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;

namespace Marketing.Stores.BigQuery;

/// <summary>
/// Facts as rows. A streamed row cannot be changed for a while, so that nothing is: a fact that is recorded again is another row,
/// one that is removed a row that says so, and of the rows of one event the one with the greatest version holds.
/// </summary>
internal static class BigQueryFacts
{
    /// <summary>Version of the table's layout that this code reads and writes.</summary>
    public const int Version = 1;

    private const string VersionLabel = "marketing_schema";

    /// <summary>The version of a table's layout; one from before there was a label is the first.</summary>
    public static int VersionOf(JsonObject table) =>
        int.TryParse(table["labels"]?[VersionLabel]?.GetValue<string>(), CultureInfo.InvariantCulture, out var version) ? version : 1;

    public static JsonObject Schema(BigQueryConnection connection, string table) => new()
    {
        ["tableReference"] = new JsonObject
        {
            ["projectId"] = connection.Project,
            ["datasetId"] = connection.Dataset,
            ["tableId"] = table,
        },
        ["labels"] = new JsonObject { [VersionLabel] = Version.ToString(CultureInfo.InvariantCulture) },
        ["timePartitioning"] = new JsonObject { ["type"] = "DAY", ["field"] = "occurred_at" },
        ["clustering"] = new JsonObject { ["fields"] = new JsonArray("campaign_id") },
        ["schema"] = new JsonObject
        {
            ["fields"] = new JsonArray(
                Field("event_id", "STRING"),
                Field("user_key", "STRING"),
                Field("campaign_id", "STRING"),
                Field("type", "STRING"),
                Field("occurred_at", "TIMESTAMP"),
                Field("version", "INTEGER"),
                Field("removed", "BOOLEAN")),
        },
    };

    /// <summary>The insert id lets BigQuery drop a row that a retried request brings again.</summary>
    public static JsonObject Row(EngagementFact fact, string userKey, long version, bool removed) => new()
    {
        ["insertId"] = string.Create(CultureInfo.InvariantCulture, $"{fact.Id.Value}/{version}"),
        ["json"] = new JsonObject
        {
            ["event_id"] = fact.Id.Value,
            ["user_key"] = userKey,
            ["campaign_id"] = fact.CampaignId.Value,
            ["type"] = fact.Type.ToString(),
            ["occurred_at"] = QueryParameter.Format(fact.OccurredAt),
            ["version"] = version,
            ["removed"] = removed,
        },
    };

    /// <summary>Analytics need to find a user's facts again, not to know who it is.</summary>
    public static string KeyOf(UserId user) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user.Value)).AsSpan(0, 16));

    /// <summary>A query over the facts that hold, as <c>live</c>; <paramref name="where"/> narrows the rows by what all rows of an event share.</summary>
    public static string Live(string table, string where, string select) =>
        $"""
        WITH live AS (
          SELECT event_id, MAX(campaign_id) AS campaign_id, MAX(type) AS type, MAX(occurred_at) AS occurred_at
          FROM `{table}` WHERE {where} GROUP BY event_id
          HAVING MAX(IF(removed, 0, version)) > MAX(IF(removed, version, 0)))
        {select}
        """;

    /// <summary>Seconds with a fraction, as BigQuery writes a timestamp, or ISO text.</summary>
    public static DateTimeOffset ParseTime(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000))
            : DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static JsonObject Field(string name, string type) => new() { ["name"] = name, ["type"] = type };
}
