using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Api.Analytics;

/// <summary>
/// The campaigns by their counts, as they were when the first page was asked for, so that the pages of one listing add up: a
/// campaign that rises in between is neither lost nor listed twice. The last few listings are kept for a while. When one is no
/// longer here, or another instance of the API has it, its next page comes from the counts of now: nothing is then listed twice,
/// but what has risen past the end of the page before is missed. Safe for concurrent use.
/// </summary>
internal sealed class CampaignRankings(IEngagementStore engagement, TimeProvider time)
{
    private const int MaxKept = 16;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<CampaignRanking> _kept = new();

    /// <summary>The page behind a position, or the first.</summary>
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

    /// <summary>The one asked for last is the last to go.</summary>
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

    /// <summary>A listing of one moment; the most interactions first. Compared by reference.</summary>
    private sealed class CampaignRanking(Guid id, long madeAt, List<CampaignCount> counts)
    {
        public Guid Id { get; } = id;

        public long MadeAt { get; } = madeAt;

        public List<CampaignCount> Counts { get; } = counts;
    }
}
