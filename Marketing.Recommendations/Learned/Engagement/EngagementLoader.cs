using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Learned.Catalog;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>
/// Reads campaign engagement. An interaction counts by its own time, whenever it arrives, so its age is read together with the
/// totals; one dated in a later hour does not count yet.
/// </summary>
internal sealed class EngagementLoader(
    IEngagementStore store, IOptions<EngagementOptions> options, IOptions<ModelOptions> models, TimeProvider time)
{
    /// <param name="catalog">Separates catalog campaigns from the others, whose number is bounded; null until it is read.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<EngagementPart> ReadAsync(CampaignTable? catalog, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var ever = BoundedCampaigns.Keep(
            await store.CountsAsync(null, cancellationToken),
            static count => count.CampaignId,
            static count => count.Total,
            catalog,
            models.Value.MaxUnlistedCampaigns);
        var toCome = await SinceAsync(hour.AddHours(1), cancellationToken);
        CampaignCount[] totals = [.. ever.Select(count => Without(count, toCome)).Where(count => count.Total > 0)];
        var older = new List<Dictionary<CampaignId, CampaignCount>>();
        foreach (var bound in AgeBands.Bounds)
        {
            // Round to the hour, as stores count; a store that answers from memory then gets the same query for an hour.
            var newer = await SinceAsync(hour - bound, cancellationToken);
            older.Add(totals.ToDictionary(total => total.CampaignId, total => AgeBands.Minus(total, Without(Of(newer, total.CampaignId), toCome))));
        }

        return EngagementRate.Estimate(totals, new AgeBands(older), options.Value, now);
    }

    private async Task<Dictionary<CampaignId, CampaignCount>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        (await store.CountsAsync(since, cancellationToken)).ToDictionary(count => count.CampaignId);

    private static CampaignCount Without(in CampaignCount count, Dictionary<CampaignId, CampaignCount> toCome) =>
        AgeBands.Minus(count, Of(toCome, count.CampaignId));

    private static CampaignCount Of(Dictionary<CampaignId, CampaignCount> counts, CampaignId id) =>
        counts.GetValueOrDefault(id, new CampaignCount(id, 0, 0, 0, 0, 0));
}
