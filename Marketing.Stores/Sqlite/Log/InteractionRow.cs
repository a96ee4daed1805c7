using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>Reads an interaction from its row.</summary>
internal static class InteractionRow
{
    /// <summary>The columns that <see cref="Read"/> expects; append conditions on <c>i</c>, including <c>erased</c>.</summary>
    public const string Select =
        """
        SELECT i.seq, i.event_id, u.name, i.type, c.name, i.occurred_at, iif(i.has_text, i.text, NULL), i.properties
        FROM interactions i
        JOIN users u ON u.id = i.user_id
        LEFT JOIN campaign_names c ON c.id = i.campaign_id

        """;

    /// <summary>Selects the interaction with a key (<see cref="Key128"/>).</summary>
    public const string SelectByKey =
        Select + "WHERE i.seq = (SELECT k.seq FROM event_keys k WHERE k.key = ?1) AND i.erased = 0";

    public static long Seq(SqliteStatement row) => row.Int64(0);

    public static Interaction Read(SqliteStatement row) => new(
        new EventId(row.Text(1)),
        new UserId(row.Text(2)),
        (InteractionType)row.Int32(3),
        row.TextOrNull(4) is { } campaign ? new CampaignId(campaign) : null,
        row.TextOrNull(6),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(5)),
        row.TextOrNull(7));
}
