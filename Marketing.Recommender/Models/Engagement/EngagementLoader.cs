using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Models.Engagement;

/// <summary>Reads how campaigns do: the totals each time, their ages now and then.</summary>
internal sealed class EngagementLoader(IEngagementStore store, IOptions<EngagementOptions> options, TimeProvider time)
{
    public async Task<EngagementPart> ReadAsync(EngagementPart? previous, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var totals = await store.CountsAsync(null, cancellationToken);
        var bands = previous is not null && now - previous.Bands.CountedAt < options.Value.DecayInterval
            ? previous.Bands
            : await CountBandsAsync(totals, now, cancellationToken);
        return EngagementRate.Estimate(totals, bands, options.Value, now);
    }

    private async Task<AgeBands> CountBandsAsync(
        IReadOnlyList<CampaignCount> totals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var older = new List<Dictionary<CampaignId, CampaignCount>>();
        foreach (var bound in AgeBands.Bounds)
        {
            var since = await store.CountsAsync(now - bound, cancellationToken);
            var newer = since.ToDictionary(count => count.CampaignId);
            older.Add(totals.ToDictionary(
                total => total.CampaignId,
                total => newer.TryGetValue(total.CampaignId, out var count) ? AgeBands.Minus(total, count) : total));
        }

        return new AgeBands(now, older);
    }
}
