using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Api.Analytics;

/// <summary>
/// Ranks campaigns by count and keeps each ranking as it was for the first page, so that no campaign is lost or listed twice while counts
/// change.
/// </summary>
/// <remarks>
/// Only the last few rankings are kept, for a limited time. When a ranking has expired, or belongs to another instance of the API, the
/// next page uses current counts: nothing is listed twice, but a campaign that has risen past the end of the previous page is missed.
/// Safe for concurrent use.
/// </remarks>
internal sealed class CampaignRankings(IEngagementStore engagement, TimeProvider time)
{
    private const int MaxKept = 16;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<CampaignRanking> _kept = new();

    /// <summary>Returns the page after a position, or the first page.</summary>
    public async Task<(IReadOnlyList<CampaignCount> Items, RankingPosition? Next)> PageAsync(
        DateTimeOffset? since, RankingPosition? after, int limit, CancellationToken cancellationToken)
    {
        var ranking = (after is null ? null : Find(after.Ranking)) ?? await RankAsync(since, cancellationToken);
        var rest = after is null ? 0 : FirstBehind(ranking.Counts, after);
        var items = ranking.Counts.Skip(rest).Take(limit).ToList();
        if (rest + items.Count >= ranking.Counts.Count)
        {
            return (items, null);
        }

        Keep(ranking);
        return (items, new RankingPosition(ranking.Id, since, items[^1].Total, items[^1].CampaignId));
    }

    private static int FirstBehind(List<CampaignCount> counts, RankingPosition position)
    {
        var index = counts.FindIndex(count =>
            count.Total < position.Total || (count.Total == position.Total && count.CampaignId > position.CampaignId));
        return index < 0 ? counts.Count : index;
    }

    private async Task<CampaignRanking> RankAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var counts = await engagement.CountsAsync(since, cancellationToken);
        return new CampaignRanking(
            Guid.NewGuid(),
            time.GetTimestamp(),
            [.. counts.OrderByDescending(static count => count.Total).ThenBy(static count => count.CampaignId)]);
    }

    private CampaignRanking? Find(Guid id)
    {
        lock (_gate)
        {
            return _kept.FirstOrDefault(ranking => ranking.Id == id && time.GetElapsedTime(ranking.MadeAt) < KeptFor);
        }
    }

    /// <summary>Keeps a ranking and evicts the least recently used ones.</summary>
    private void Keep(CampaignRanking ranking)
    {
        lock (_gate)
        {
            _kept.Remove(ranking);
            _kept.AddLast(ranking);
            while (_kept.Count > MaxKept || time.GetElapsedTime(_kept.First!.Value.MadeAt) >= KeptFor)
            {
                _kept.RemoveFirst();
                if (_kept.Count == 0)
                {
                    return;
                }
            }
        }
    }

    /// <summary>A ranking at one point in time, most interactions first.</summary>
    /// <remarks>Compared by reference.</remarks>
    private sealed class CampaignRanking(Guid id, long madeAt, List<CampaignCount> counts)
    {
        public Guid Id { get; } = id;

        public long MadeAt { get; } = madeAt;

        public List<CampaignCount> Counts { get; } = counts;
    }
}
