using System.IO.Hashing;
using System.Runtime.InteropServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Projections.Engagement;

/// <summary>
/// Compares every fact with the log, and the totals with the facts. Facts are kept as hashes of about 60 bytes, so log and store
/// are each read once; differences are then examined again.
/// </summary>
internal sealed class EngagementCheck(
    IInteractionLog log, InFlightWork inFlight, IEngagementStore store, EngagementProjection projection)
{
    private const int BatchSize = 2_000;

    private readonly ConsistencyReportBuilder _findings = new();

    public async Task<ConsistencyReport> RunAsync(bool repair, CancellationToken cancellationToken)
    {
        _findings.AddDerived(await store.VerifyAsync(repair, cancellationToken), repair);
        var stored = new Dictionary<UInt128, UInt128>();
        var suspects = new List<EventId>();
        await foreach (var facts in store.ScanAsync(BatchSize, cancellationToken))
        {
            suspects.AddRange(facts.Where(fact => !stored.TryAdd(KeySet.KeyOf(fact.Id), Digest(fact))).Select(fact => fact.Id));
        }

        long expected = 0;
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            foreach (var fact in EngagementProjection.Facts(batch).Select(StoredFact.Of))
            {
                expected++;
                if (!stored.Remove(KeySet.KeyOf(fact.Id), out var digest) || digest != Digest(fact))
                {
                    suspects.Add(fact.Id);
                }
            }

            suspects = await DecideAsync(suspects, BatchSize, repair, cancellationToken);
        }

        if (stored.Count > 0)
        {
            // What remains are hashes of facts that are not in the log.
            await foreach (var facts in store.ScanAsync(BatchSize, cancellationToken))
            {
                suspects.AddRange(facts.Where(fact => stored.ContainsKey(KeySet.KeyOf(fact.Id))).Select(fact => fact.Id));
                suspects = await DecideAsync(suspects, BatchSize, repair, cancellationToken);
            }
        }

        await DecideAsync(suspects, 1, repair, cancellationToken);
        return _findings.ToReport(
            ProjectionNames.Engagement, expected, await store.CountAsync(cancellationToken),
            await inFlight.CountAsync(cancellationToken), expected);
    }

    /// <returns>The suspects held back until there are more.</returns>
    private async Task<List<EventId>> DecideAsync(List<EventId> suspects, int atLeast, bool repair, CancellationToken cancellationToken)
    {
        if (suspects.Count < atLeast)
        {
            return suspects;
        }

        foreach (var some in suspects.Distinct().Chunk(BatchSize))
        {
            var (differing, undecided) = await LookAsync(some, cancellationToken);
            _findings.Undecided += undecided;
            foreach (var (id, kind) in differing)
            {
                _findings.Add(kind, $"event {id}");
            }

            if (repair && differing.Count > 0)
            {
                await projection.RemoveAsync([.. differing.Where(one => one.Kind != DifferenceKind.Missing).Select(one => one.Id)], cancellationToken);
                await Isolation.ReapplyAsync(projection, await log.FindAsync([.. differing.Select(one => one.Id)], cancellationToken), cancellationToken);
                var (left, open) = await LookAsync([.. differing.Select(one => one.Id)], cancellationToken);
                _findings.Repaired += differing.Count - left.Count - open;
            }
        }

        return [];
    }

    private async Task<(List<(EventId Id, DifferenceKind Kind)> Differing, int Undecided)> LookAsync(
        EventId[] ids, CancellationToken cancellationToken)
    {
        var differing = new List<(EventId, DifferenceKind)>();
        for (var look = 0; look < InFlightWork.Looks && ids.Length > 0; look++)
        {
            var before = await FactsAsync(ids, cancellationToken);
            var pending = await inFlight.PendingAsync([.. before.Keys], cancellationToken);
            var erasing = await inFlight.ErasingAsync(cancellationToken);
            var stored = (await store.FindAsync(ids, cancellationToken)).ToLookup(fact => fact.Id);
            var after = await FactsAsync(ids, cancellationToken);
            erasing.UnionWith(await inFlight.ErasingAsync(cancellationToken));

            var undecided = new List<EventId>();
            foreach (var id in ids)
            {
                var right = before.TryGetValue(id, out var fact) ? fact : (StoredFact?)null;
                if (right != (after.TryGetValue(id, out var now) ? now : null))
                {
                    undecided.Add(id);
                    continue;
                }

                var kind = Compare(right, [.. stored[id]]);
                if (kind is null)
                {
                    continue;
                }

                if (pending.Contains(id) || (right is { } known && erasing.Contains(known.UserKey)) || stored[id].Any(one => erasing.Contains(one.UserKey)))
                {
                    undecided.Add(id);
                }
                else
                {
                    differing.Add((id, kind.Value));
                }
            }

            ids = [.. undecided];
        }

        return (differing, ids.Length);
    }

    private static DifferenceKind? Compare(StoredFact? right, StoredFact[] stored) => (right, stored) switch
    {
        (null, []) => null,
        (null, _) => DifferenceKind.Orphaned,
        (_, []) => DifferenceKind.Missing,
        (_, [var one]) when one == right => null,
        _ => DifferenceKind.Different,
    };

    private async Task<Dictionary<EventId, StoredFact>> FactsAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        EngagementProjection.Facts(await log.FindAsync(ids, cancellationToken)).Select(StoredFact.Of).ToDictionary(fact => fact.Id);

    private static UInt128 Digest(StoredFact fact)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes<ulong>([fact.UserKey, (ulong)fact.Type, (ulong)fact.OccurredAt.UtcTicks]));
        hash.Append(MemoryMarshal.AsBytes(fact.CampaignId.Value.AsSpan()));
        return hash.GetCurrentHashAsUInt128();
    }
}
