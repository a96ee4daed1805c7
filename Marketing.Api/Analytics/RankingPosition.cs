using System.Globalization;
using Marketing.Domain;

namespace Marketing.Api.Analytics;

/// <summary>Where the next page of a ranking begins: behind this campaign.</summary>
/// <param name="Ranking">Which ranking.</param>
/// <param name="Since">The first instant that it counts; null for all time.</param>
/// <param name="Total">The interactions of the last campaign of the page before.</param>
/// <param name="CampaignId">That campaign.</param>
internal sealed record RankingPosition(Guid Ranking, DateTimeOffset? Since, long Total, CampaignId CampaignId)
{
    private const char Separator = ' ';

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RankingPosition Parse(string text)
    {
        var parts = text.Split(Separator, 4);
        return new RankingPosition(
            Guid.ParseExact(parts[0], "N"),
            parts[1].Length == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)),
            long.Parse(parts[2], CultureInfo.InvariantCulture),
            new CampaignId(parts[3]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Ranking:N}{Separator}{Since?.ToUnixTimeMilliseconds()}{Separator}{Total}{Separator}{CampaignId}");
}
