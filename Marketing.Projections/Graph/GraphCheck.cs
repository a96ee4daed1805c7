using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Projections.Graph;

/// <summary>Compares every field of every edge with the log, and the store's copies with each other.</summary>
internal sealed class GraphCheck(IInteractionLog log, InFlightWork inFlight, IInteractionGraph graph, GraphProjection projection)
{
    private const int BatchSize = 1_000;

    private readonly ConsistencyReportBuilder _findings = new();
    private readonly HashSet<(UserId UserId, CampaignId CampaignId)> _suspects = [];

    public async Task<ConsistencyReport> RunAsync(bool repair, CancellationToken cancellationToken)
    {
        _findings.AddDerived(await graph.VerifyAsync(repair, cancellationToken), repair);
        var stored = new KeySet();
        await foreach (var edges in graph.ScanAsync(BatchSize, cancellationToken))
        {
            var (different, gone) = await projection.CompareAsync(edges, cancellationToken);
            _suspects.UnionWith([.. different, .. gone]);
            _suspects.UnionWith(edges.Where(edge => !stored.Add(edge.UserId, edge.CampaignId)).Select(edge => (edge.UserId, edge.CampaignId)));
            await DecideAsync(BatchSize, repair, cancellationToken);
        }

        var expected = new KeySet();
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            _suspects.UnionWith(GraphProjection.Pairs(batch).Where(
                pair => expected.Add(pair.UserId, pair.CampaignId) && !stored.Contains(pair.UserId, pair.CampaignId)));
            await DecideAsync(BatchSize, repair, cancellationToken);
        }

        await DecideAsync(1, repair, cancellationToken);
        return _findings.ToReport(
            ProjectionNames.Graph, expected.Count, await graph.CountAsync(cancellationToken),
            await inFlight.CountAsync(cancellationToken), expected.Count);
    }

    private async Task DecideAsync(int atLeast, bool repair, CancellationToken cancellationToken)
    {
        if (_suspects.Count < atLeast)
        {
            return;
        }

        foreach (var ofUser in _suspects.ToLookup(pair => pair.UserId, pair => pair.CampaignId))
        {
            var (differing, undecided) = await LookAsync(ofUser.Key, [.. ofUser], cancellationToken);
            _findings.Undecided += undecided;
            foreach (var (campaign, kind) in differing)
            {
                _findings.Add(kind, $"campaign {campaign} of {ConsistencyReportBuilder.Describe(ofUser.Key)}");
            }

            if (repair && differing.Count > 0)
            {
                await projection.ApplyAsync([.. differing.Select(one => (ofUser.Key, one.Campaign))], cancellationToken);
                var (left, open) = await LookAsync(ofUser.Key, [.. differing.Select(one => one.Campaign)], cancellationToken);
                _findings.Repaired += differing.Count - left.Count - open;
            }
        }

        _suspects.Clear();
    }

    private async Task<(List<(CampaignId Campaign, DifferenceKind Kind)> Differing, int Undecided)> LookAsync(
        UserId user, IReadOnlyList<CampaignId> campaigns, CancellationToken cancellationToken)
    {
        var differing = new List<(CampaignId, DifferenceKind)>();
        for (var look = 0; look < InFlightWork.Looks && campaigns.Count > 0; look++)
        {
            var before = await InteractionsAsync(user, campaigns, cancellationToken);
            var pending = await inFlight.PendingAsync([.. before.Select(one => one.Id)], cancellationToken);
            var erasing = await inFlight.ErasingAsync(cancellationToken);
            var stored = (await graph.EdgesAsync([user], int.MaxValue, cancellationToken)).ToLookup(edge => edge.CampaignId);
            var after = (await log.EdgesAsync([.. campaigns.Select(campaign => (user, campaign))], cancellationToken))
                .ToDictionary(edge => edge.CampaignId);
            erasing.UnionWith(await inFlight.ErasingAsync(cancellationToken));

            var undecided = new List<CampaignId>();
            foreach (var campaign in campaigns)
            {
                var interactions = before.Where(one => one.CampaignId == campaign).ToList();
                var right = interactions.Count == 0 ? null : CampaignEdge.Of(user, campaign, interactions);
                var kind = Compare(right, [.. stored[campaign]]);
                if (!EdgeComparer.Same(right, after.GetValueOrDefault(campaign))
                    || (kind is not null && (erasing.Contains(StoredFact.KeyOf(user)) || interactions.Exists(one => pending.Contains(one.Id)))))
                {
                    undecided.Add(campaign);
                }
                else if (kind is not null)
                {
                    differing.Add((campaign, kind.Value));
                }
            }

            campaigns = undecided;
        }

        return (differing, campaigns.Count);
    }

    private static DifferenceKind? Compare(CampaignEdge? right, CampaignEdge[] stored) => (right, stored) switch
    {
        (null, []) => null,
        (null, _) => DifferenceKind.Orphaned,
        (_, []) => DifferenceKind.Missing,
        (_, [var one]) when EdgeComparer.Same(one, right) => null,
        _ => DifferenceKind.Different,
    };

    private async Task<List<Interaction>> InteractionsAsync(
        UserId user, IReadOnlyList<CampaignId> campaigns, CancellationToken cancellationToken)
    {
        var wanted = campaigns.ToHashSet();
        var interactions = new List<Interaction>();
        await foreach (var page in log.UserPagesAsync(user, cancellationToken))
        {
            interactions.AddRange(page.Where(one => one.CampaignId is { } campaign && wanted.Contains(campaign)));
        }

        return interactions;
    }
}
