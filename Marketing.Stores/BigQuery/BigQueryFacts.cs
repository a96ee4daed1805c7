using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.BigQuery;

/// <summary>
/// Converts facts to rows. A streamed row cannot be changed for a while, so rows are only added: recording a fact again adds a row, and
/// removing one adds a row that says so. Of the rows with the same content the highest version decides.
/// </summary>
internal static class BigQueryFacts
{
    /// <summary>The version of the table layout that this code reads and writes.</summary>
    public const int Version = 1;

    /// <summary>The number of hexadecimal digits of a user's key that <see cref="StoredFact.UserKey"/> holds.</summary>
    private const int KeyDigits = 16;

    private const string VersionLabel = "marketing_schema";

    /// <summary>Returns the version of a table's layout; a table without a label has version 1.</summary>
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

    /// <summary>The columns of a fact in <see cref="Live"/>, in the order that <see cref="ToStored"/> expects.</summary>
    public const string Columns = "event_id, user_key, campaign_id, type, UNIX_MICROS(occurred_at)";

    public static JsonObject Row(EngagementFact fact, long version) =>
        Row(fact.Id.Value, KeyOf(fact.UserId), fact.CampaignId.Value, fact.Type.ToString(), fact.OccurredAt, version, removed: false);

    /// <summary>Creates the row that removes a fact read as <see cref="Columns"/>: the same content without the user.</summary>
    public static JsonObject RemovalOf(IReadOnlyList<string?> fact, long version) =>
        Row(fact[0]!, "", fact[2]!, fact[3]!, ParseTime(fact[4]!), version, removed: true);

    /// <summary>Converts a row of <see cref="Columns"/>; a value that cannot be read becomes one that no fact has.</summary>
    public static StoredFact ToStored(IReadOnlyList<string?> fact) => new(
        new EventId(fact[0]!),
        fact[1] is { Length: >= KeyDigits } key && ulong.TryParse(key.AsSpan(0, KeyDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash) ? hash : 0,
        new CampaignId(fact[2] ?? ""),
        Enum.TryParse<InteractionType>(fact[3], out var type) ? type : (InteractionType)(-1),
        ParseTime(fact[4]!));

    /// <summary>Hashes a user's id: analytics must find the user's facts again, but need not know who the user is.</summary>
    public static string KeyOf(UserId user) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user.Value)).AsSpan(0, 16));

    /// <summary>
    /// Queries the current facts, as <c>live</c>. Rows with the same event, campaign, type and time are one fact, whose highest version
    /// decides. A <paramref name="where"/> on these columns therefore never splits a fact; one on the user also returns removed facts,
    /// because removal rows have no user. A row that somebody else changed is a fact of its own, which a check finds and a removal takes
    /// out.
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

    /// <summary>Parses microseconds since 1970, an integer that every server formats the same way.</summary>
    public static DateTimeOffset ParseTime(string value) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Creates a row with an insert id, which lets BigQuery drop a row that a retried request sends again.</summary>
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
