using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Projections.Graph;

/// <summary>The user–campaign graph: recomputes each edge a batch touches from the log and writes it as a whole.</summary>
internal sealed class GraphProjection(
    IInteractionLog log, IInteractionQueue queue, IPersonalData personalData, IInteractionGraph graph, TimeProvider time) : IProjection
{
    private const int BatchSize = 1_000;

    public string Name => ProjectionNames.Graph;

    public bool Concerns(Interaction interaction) => interaction.CampaignId is not null;

    public Task ApplyAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) =>
        ApplyAsync(Pairs(interactions), cancellationToken);

    public async Task EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        await graph.RemoveUserAsync(userId, cancellationToken);
        await foreach (var page in log.UserPagesAsync(userId, cancellationToken))
        {
            await Isolation.ReapplyAsync(this, page, cancellationToken);
        }
    }

    public async Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken)
    {
        RebuildReport? report = null;
        await graph.RebuildAsync(
            async (target, cancel) =>
            {
                var build = new GraphProjection(log, queue, personalData, target, time);
                report = await Rebuild.RunAsync(build, log, build.SweepAsync, OrphansAsync, time, cancel);
            },
            cancellationToken);
        return report!;
    }

    public Task<ConsistencyReport> CheckAsync(bool repair, bool full, CancellationToken cancellationToken) =>
        new GraphCheck(log, new InFlightWork(queue, personalData), graph, this).RunAsync(repair, cancellationToken);

    /// <summary>
    /// Writes the edges, then rereads the log until both agree. If two projectors write the same edge, the last writer may have read
    /// first; it then sees the change and writes again.
    /// </summary>
    public async Task ApplyAsync(
        IReadOnlyCollection<(UserId UserId, CampaignId CampaignId)> pairs, CancellationToken cancellationToken)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        var edges = await log.EdgesAsync(pairs, cancellationToken);
        while (pairs.Count > 0)
        {
            await graph.UpsertAsync(edges, cancellationToken);
            var written = edges.ToDictionary(edge => (edge.UserId, edge.CampaignId));
            var absent = pairs.Where(pair => !written.ContainsKey(pair)).ToList();
            if (absent.Count > 0)
            {
                await graph.RemoveAsync(absent, cancellationToken);
            }

            var now = (await log.EdgesAsync(pairs, cancellationToken)).ToDictionary(edge => (edge.UserId, edge.CampaignId));
            pairs = [.. pairs.Where(pair => !EdgeComparer.Same(written.GetValueOrDefault(pair), now.GetValueOrDefault(pair)))];
            edges = [.. pairs.Where(now.ContainsKey).Select(pair => now[pair])];
        }
    }

    private async Task<long> SweepAsync(CancellationToken cancellationToken)
    {
        long swept = 0;
        await foreach (var edges in graph.ScanAsync(BatchSize, cancellationToken))
        {
            var (different, gone) = await CompareAsync(edges, cancellationToken);
            await ApplyAsync([.. different, .. gone], cancellationToken);
            swept += gone.Count;
        }

        return swept;
    }

    private async Task<long> OrphansAsync(CancellationToken cancellationToken)
    {
        long orphans = 0;
        await foreach (var edges in graph.ScanAsync(BatchSize, cancellationToken))
        {
            orphans += (await CompareAsync(edges, cancellationToken)).Gone.Count;
        }

        return orphans;
    }

    /// <summary>Returns the stored edges that differ from the log, and those that are not in it.</summary>
    public async Task<(List<(UserId, CampaignId)> Different, List<(UserId, CampaignId)> Gone)> CompareAsync(
        IReadOnlyList<CampaignEdge> stored, CancellationToken cancellationToken)
    {
        var pairs = stored.Select(edge => (edge.UserId, edge.CampaignId)).ToList();
        var truth = (await log.EdgesAsync(pairs, cancellationToken)).ToDictionary(edge => (edge.UserId, edge.CampaignId));
        var different = stored.Where(edge =>
            truth.TryGetValue((edge.UserId, edge.CampaignId), out var right) && !EdgeComparer.Same(edge, right));
        return ([.. different.Select(edge => (edge.UserId, edge.CampaignId))], [.. pairs.Where(pair => !truth.ContainsKey(pair))]);
    }

    public static HashSet<(UserId UserId, CampaignId CampaignId)> Pairs(IReadOnlyList<Interaction> interactions)
    {
        var pairs = new HashSet<(UserId, CampaignId)>(interactions.Count);
        foreach (var interaction in interactions)
        {
            if (interaction.CampaignId is { } campaignId)
            {
                pairs.Add((interaction.UserId, campaignId));
            }
        }

        return pairs;
    }
}
