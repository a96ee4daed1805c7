using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>The number of interactions of each type; negative values are possible in a difference.</summary>
internal readonly record struct Tally(long Chats, long Views, long Clicks, long Conversions, long Dismissals)
{
    public bool IsZero => this == default;

    public static Tally Of(InteractionType type, long count) => type switch
    {
        InteractionType.Chat => new(count, 0, 0, 0, 0),
        InteractionType.View => new(0, count, 0, 0, 0),
        InteractionType.Click => new(0, 0, count, 0, 0),
        InteractionType.Convert => new(0, 0, 0, count, 0),
        _ => new(0, 0, 0, 0, count),
    };

    public static Tally Read(SqliteStatement row, int from) =>
        new(row.Int64(from), row.Int64(from + 1), row.Int64(from + 2), row.Int64(from + 3), row.Int64(from + 4));

    public static Tally operator +(Tally left, Tally right) => new(
        left.Chats + right.Chats,
        left.Views + right.Views,
        left.Clicks + right.Clicks,
        left.Conversions + right.Conversions,
        left.Dismissals + right.Dismissals);

    public long Total => Chats + Views + Clicks + Conversions + Dismissals;

    public SqliteStatement Bind(SqliteStatement statement, int from) => statement
        .Bind(from, Chats).Bind(from + 1, Views).Bind(from + 2, Clicks).Bind(from + 3, Conversions).Bind(from + 4, Dismissals);

    public CampaignCount ToCount(CampaignId campaign) => new(campaign, Chats, Views, Clicks, Conversions, Dismissals);
}
