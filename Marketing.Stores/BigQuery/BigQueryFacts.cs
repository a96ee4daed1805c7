using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.BigQuery;

/// <summary>
/// Facts as rows. A streamed row cannot be changed for a while, so that nothing is: a fact that is recorded again is another row,
/// one that is removed a row that says so, and of the rows of one event the one with the greatest version holds.
/// </summary>
internal static class BigQueryFacts
{
    /// <summary>Version of the table's layout that this code reads and writes.</summary>
    public const int Version = 1;

    /// <summary>Hexadecimal digits of a user's key that <see cref="StoredFact.UserKey"/> has.</summary>
    private const int KeyDigits = 16;

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

    /// <summary>What <see cref="Live"/> has of a fact, in the order of <see cref="ToStored"/>.</summary>
    public const string Columns = "event_id, user_key, campaign_id, type, UNIX_MICROS(occurred_at)";

    public static JsonObject Row(EngagementFact fact, long version) =>
        Row(fact.Id.Value, KeyOf(fact.UserId), fact.CampaignId.Value, fact.Type.ToString(), fact.OccurredAt, version, removed: false);

    /// <summary>The row that takes out a fact as <see cref="Columns"/> have it: the same content, whatever it is, without the user.</summary>
    public static JsonObject RemovalOf(IReadOnlyList<string?> fact, long version) =>
        Row(fact[0]!, "", fact[2]!, fact[3]!, ParseTime(fact[4]!), version, removed: true);

    /// <summary>A fact as <see cref="Columns"/> have it; what cannot be read, which nothing here writes, is no value that a fact has.</summary>
    public static StoredFact ToStored(IReadOnlyList<string?> fact) => new(
        new EventId(fact[0]!),
        fact[1] is { Length: >= KeyDigits } key && ulong.TryParse(key.AsSpan(0, KeyDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash) ? hash : 0,
        new CampaignId(fact[2] ?? ""),
        Enum.TryParse<InteractionType>(fact[3], out var type) ? type : (InteractionType)(-1),
        ParseTime(fact[4]!));

    /// <summary>Analytics need to find a user's facts again, not to know who it is.</summary>
    public static string KeyOf(UserId user) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user.Value)).AsSpan(0, 16));

    /// <summary>
    /// A query over the facts that hold, as <c>live</c>. Rows that say the same of an event are one fact, and of these the greatest
    /// version decides. So whatever <paramref name="where"/> narrows rows by is the same in all rows of a fact; and a row that was
    /// changed behind our back is a fact of its own, which a check finds and a removal takes out.
    /// </summary>
    public static string Live(string table, string where, string select) =>
        $"""
        WITH live AS (
          SELECT event_id, campaign_id, type, occurred_at,
            SUBSTR(MAX(IF(removed, '', CONCAT(LPAD(CAST(version AS STRING), 20, '0'), user_key))), 21) AS user_key
          FROM `{table}` WHERE {where} GROUP BY event_id, campaign_id, type, occurred_at
          HAVING MAX(IF(removed, 0, version)) > MAX(IF(removed, version, 0)))
        {select}
        """;

    /// <summary>Microseconds since 1970: an integer, which every server writes in the same way.</summary>
    public static DateTimeOffset ParseTime(string value) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);

    /// <summary>The insert id lets BigQuery drop a row that a retried request brings again.</summary>
    private static JsonObject Row(
        string eventId, string userKey, string campaignId, string type, DateTimeOffset occurredAt, long version, bool removed) => new()
        {
            ["insertId"] = string.Create(CultureInfo.InvariantCulture, $"{eventId}/{version}"),
            ["json"] = new JsonObject
            {
                ["event_id"] = eventId,
                ["user_key"] = userKey,
                ["campaign_id"] = campaignId,
                ["type"] = type,
                ["occurred_at"] = QueryParameter.Format(occurredAt),
                ["version"] = version,
                ["removed"] = removed,
            },
        };

    private static JsonObject Field(string name, string type) => new() { ["name"] = name, ["type"] = type };
}
