using System.Globalization;
using Marketing.Domain;

namespace Marketing.Api.Analytics;

/// <summary>The position in a ranking after which the next page starts.</summary>
/// <param name="Ranking">The id of the ranking.</param>
/// <param name="Since">The start of the counts; null for all time.</param>
/// <param name="Total">The total interactions of the last campaign on the previous page.</param>
/// <param name="CampaignId">The last campaign on the previous page.</param>
internal sealed record RankingPosition(Guid Ranking, DateTimeOffset? Since, long Total, CampaignId CampaignId)
{
    private const char Separator = ' ';

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
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
