using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Projections.Engagement;

/// <summary>Campaign performance: one fact per interaction that names a campaign, keyed by event id.</summary>
internal sealed class EngagementProjection(
    IInteractionLog log, IInteractionQueue queue, IPersonalData personalData, IEngagementStore store, TimeProvider time) : IProjection
{
    private const int BatchSize = 2_000;

    public string Name => ProjectionNames.Engagement;

    public bool Concerns(Interaction interaction) => interaction.CampaignId is not null;

    public async Task ApplyAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        var facts = Facts(interactions);
        if (facts.Count > 0)
        {
            await store.RecordAsync(facts, cancellationToken);
            await RemoveAsync(await OutdatedAsync([.. facts.Select(StoredFact.Of)], cancellationToken), cancellationToken);
        }
    }

    public async Task EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        await store.RemoveUserAsync(userId, cancellationToken);
        await foreach (var page in log.UserPagesAsync(userId, cancellationToken))
        {
            await Isolation.ReapplyAsync(this, page, cancellationToken);
        }
    }

    public async Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken)
    {
        RebuildReport? report = null;
        await store.RebuildAsync(
            async (target, cancel) =>
            {
                var build = new EngagementProjection(log, queue, personalData, target, time);
                report = await Rebuild.RunAsync(build, log, build.SweepAsync, OrphansAsync, time, cancel);
            },
            cancellationToken);
        return report!;
    }

    public Task<ConsistencyReport> CheckAsync(bool repair, bool full, CancellationToken cancellationToken) =>
        new EngagementCheck(log, new InFlightWork(queue, personalData), store, this).RunAsync(repair, cancellationToken);

    /// <summary>Removes facts, then writes what the log holds for these events, if anything.</summary>
    public async Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count > 0)
        {
            await store.RemoveAsync(ids, cancellationToken);

            // An erased event may have been sent again and recorded before it was removed here.
            await Isolation.ReapplyAsync(this, await log.FindAsync(ids, cancellationToken), cancellationToken);
        }
    }

    public static List<EngagementFact> Facts(IReadOnlyList<Interaction> interactions)
    {
        var facts = new List<EngagementFact>(interactions.Count);
        foreach (var interaction in interactions)
        {
            if (interaction.CampaignId is { } campaignId)
            {
                facts.Add(new EngagementFact(
                    interaction.Id, interaction.UserId, campaignId, interaction.Type, interaction.OccurredAt));
            }
        }

        return facts;
    }

    /// <summary>Returns the facts that are missing from the log or different there.</summary>
    private async Task<IReadOnlyList<EventId>> OutdatedAsync(IReadOnlyList<StoredFact> facts, CancellationToken cancellationToken)
    {
        var found = await log.FindAsync([.. facts.Select(fact => fact.Id)], cancellationToken);
        var right = Facts(found).Select(StoredFact.Of).ToHashSet();
        return [.. facts.Where(fact => !right.Contains(fact)).Select(fact => fact.Id).Distinct()];
    }

    private async Task<long> SweepAsync(CancellationToken cancellationToken)
    {
        long swept = 0;
        await foreach (var facts in store.ScanAsync(BatchSize, cancellationToken))
        {
            var outdated = await OutdatedAsync(facts, cancellationToken);
            swept += (await log.MissingAsync(outdated, cancellationToken)).Count;
            await RemoveAsync(outdated, cancellationToken);
        }

        return swept;
    }

    private async Task<long> OrphansAsync(CancellationToken cancellationToken)
    {
        long orphans = 0;
        await foreach (var facts in store.ScanAsync(BatchSize, cancellationToken))
        {
            orphans += (await log.MissingAsync([.. facts.Select(fact => fact.Id)], cancellationToken)).Count;
        }

        return orphans;
    }
}
