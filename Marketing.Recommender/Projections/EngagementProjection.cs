using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;

namespace Marketing.Recommender.Projections;

/// <summary>How campaigns perform: one fact per interaction that concerns a campaign, keyed by event id.</summary>
internal sealed class EngagementProjection(
    IInteractionLog log, IInteractionQueue queue, IEngagementStore store, TimeProvider time) : IProjection
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
            await RemoveAsync(await log.MissingAsync([.. facts.Select(fact => fact.Id)], cancellationToken), cancellationToken);
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

    public Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken) =>
        Rebuild.RunAsync(this, log, SweepAsync, time, cancellationToken);

    public async Task<ConsistencyReport> CheckAsync(bool repair, CancellationToken cancellationToken)
    {
        var stored = new KeySet();
        await foreach (var ids in store.ScanAsync(BatchSize, cancellationToken))
        {
            stored.UnionWith(ids);
        }

        long expected = 0, missing = 0, repaired = 0;
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            var facts = Facts(batch);
            expected += facts.Count;
            var lacking = facts.Where(fact => !stored.Contains(fact.Id)).Select(fact => fact.Id).ToList();
            missing += lacking.Count;
            if (repair && lacking.Count > 0)
            {
                var found = await log.FindAsync(lacking, cancellationToken);
                repaired += lacking.Count - await Isolation.ReapplyAsync(this, found, cancellationToken);
            }
        }

        var orphaned = await OrphansAsync(repair, cancellationToken);
        return new ConsistencyReport(
            Name, expected, await store.CountAsync(cancellationToken), (await queue.BacklogAsync(cancellationToken)).Pending,
            missing, orphaned, expected, repaired + (repair ? orphaned : 0));
    }

    private Task<long> SweepAsync(CancellationToken cancellationToken) => OrphansAsync(remove: true, cancellationToken);

    private async Task<long> OrphansAsync(bool remove, CancellationToken cancellationToken)
    {
        long orphans = 0;
        await foreach (var ids in store.ScanAsync(BatchSize, cancellationToken))
        {
            var gone = await log.MissingAsync(ids, cancellationToken);
            orphans += gone.Count;
            if (remove && gone.Count > 0)
            {
                await RemoveAsync(gone, cancellationToken);
            }
        }

        return orphans;
    }

    private async Task RemoveAsync(IReadOnlyList<EventId> gone, CancellationToken cancellationToken)
    {
        if (gone.Count > 0)
        {
            await store.RemoveAsync(gone, cancellationToken);

            // An erased event may have been sent once more, and recorded before it was removed here.
            await ApplyAsync(await log.FindAsync(gone, cancellationToken), cancellationToken);
        }
    }

    private static List<EngagementFact> Facts(IReadOnlyList<Interaction> interactions)
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
}
