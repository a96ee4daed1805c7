using System.Text.Json;
using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Catalog;

/// <summary>Writes a campaign to its row and reads it back.</summary>
internal static class CampaignRow
{
    public const string Select =
        "SELECT id, name, text, starts_at, ends_at, audience, cap_views, cap_window, properties FROM campaigns ORDER BY id";

    /// <summary>Selects the ids of deleted campaigns that were not added again.</summary>
    public const string SelectDeleted = "SELECT id FROM deleted_campaigns WHERE id NOT IN (SELECT id FROM campaigns)";

    public const string Upsert =
        """
        INSERT OR REPLACE INTO campaigns
            (id, name, text, starts_at, ends_at, audience, cap_views, cap_window, properties)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    public static void Write(SqliteStatement upsert, Campaign campaign) =>
        upsert
            .Bind(1, campaign.Id.Value)
            .Bind(2, campaign.Name)
            .Bind(3, campaign.Text)
            .Bind(4, campaign.StartsAt?.UtcTicks)
            .Bind(5, campaign.EndsAt?.UtcTicks)
            .Bind(6, campaign.Audience is null ? null : JsonSerializer.Serialize(campaign.Audience))
            .Bind(7, (long?)campaign.FrequencyCap?.MaxViews)
            .Bind(8, campaign.FrequencyCap?.Window.Ticks)
            .Bind(9, campaign.Properties)
            .Execute();

    public static Campaign Read(SqliteStatement row) => new(
        new CampaignId(row.Text(0)),
        row.Text(1),
        row.Text(2),
        Time(row, 3),
        Time(row, 4),
        row.TextOrNull(5) is { } audience ? ReadAudience(audience) : null,
        row.IsNull(6) ? null : new FrequencyCap(row.Int32(6), TimeSpan.FromTicks(row.Int64(7))),
        row.TextOrNull(8));

    private static DateTimeOffset? Time(SqliteStatement row, int column) =>
        row.IsNull(column) ? null : new DateTimeOffset(row.Int64(column), TimeSpan.Zero);

    private static Dictionary<string, IReadOnlyList<string>> ReadAudience(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json)!;
}
