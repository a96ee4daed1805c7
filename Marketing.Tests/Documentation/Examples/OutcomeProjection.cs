using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Tests.Documentation.Examples;

/// <summary>Who converted on what, in memory.</summary>
internal sealed class OutcomeProjection(
    IInteractionLog log, IInteractionQueue queue, IPersonalData personalData, TimeProvider time) : IProjection
{
    private const int BatchSize = 1_000;

    private readonly Unsettled _unsettled = new(queue, personalData);
    private readonly ConcurrentDictionary<EventId, (UserId User, CampaignId? Campaign)> _outcomes = new();

    public int Count => _outcomes.Count;

    #region OutcomeProjection
    public string Name => "outcomes";

    public bool Concerns(Interaction interaction) => interaction.Type == InteractionType.Convert;

    public async Task ApplyAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        // Written by event id, so that a second time changes nothing.
        foreach (var one in interactions.Where(Concerns))
        {
            _outcomes[one.Id] = (one.UserId, one.CampaignId);
        }

        // Look at the log again: what was erased meanwhile must not stay.
        await RemoveMissingAsync([.. interactions.Select(one => one.Id)], cancellationToken);
    }

    public async Task EraseAsync(UserId userId, CancellationToken cancellationToken) =>
        await RemoveMissingAsync([.. _outcomes.Where(one => one.Value.User == userId).Select(one => one.Key)], cancellationToken);

    public Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken) => Rebuild.RunAsync(
        this,
        log,
        sweepAsync: cancel => RemoveMissingAsync([.. _outcomes.Keys], cancel),
        orphansAsync: _ => Task.FromResult(0L),
        time,
        cancellationToken);

    private async Task<long> RemoveMissingAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        var missing = await log.MissingAsync(ids, cancellationToken);
        foreach (var id in missing)
        {
            _outcomes.TryRemove(id, out _);
        }

        if (missing.Count > 0)
        {
            // An erased event may have been sent again and applied before it was removed here.
            await Isolation.ReapplyAsync(this, await log.FindAsync(missing, cancellationToken), cancellationToken);
        }

        return missing.Count;
    }
    #endregion

    public async Task<ConsistencyReport> CheckAsync(bool repair, bool full, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var left = _outcomes.Keys.ToHashSet();
        long expected = 0;
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            Interaction[] outcomes = [.. batch.Where(Concerns)];
            Interaction[] absent = [.. outcomes.Where(one => !left.Remove(one.Id))];
            expected += outcomes.Length;

            // What is merely not projected yet, or was erased meanwhile, is no difference.
            var open = await _unsettled.PendingAsync([.. absent.Select(one => one.Id)], cancellationToken);
            open.UnionWith(await log.MissingAsync([.. absent.Select(one => one.Id)], cancellationToken));
            absent = [.. absent.Where(one => !open.Contains(one.Id) && !_outcomes.ContainsKey(one.Id))];
            Array.ForEach(absent, one => findings.Add(DifferenceKind.Missing, $"event {one.Id}"));
            if (repair)
            {
                findings.Repaired += absent.Length - await Isolation.ReapplyAsync(this, absent, cancellationToken);
            }
        }

        await AddOrphansAsync(findings, [.. left], repair, cancellationToken);
        return findings.ToReport(Name, expected, _outcomes.Count, await _unsettled.CountAsync(cancellationToken), expected);
    }

    private async Task AddOrphansAsync(Findings findings, IReadOnlyList<EventId> ids, bool repair, CancellationToken cancellationToken)
    {
        var erasing = await _unsettled.ErasingAsync(cancellationToken);
        foreach (var id in await log.MissingAsync(ids, cancellationToken))
        {
            if (_outcomes.TryGetValue(id, out var outcome) && !erasing.Contains(StoredFact.KeyOf(outcome.User)))
            {
                findings.Add(DifferenceKind.Orphaned, $"event {id}");
                findings.Repaired += repair ? await RemoveMissingAsync([id], cancellationToken) : 0;
            }
        }
    }

    /// <summary>Loses everything, as a crash would.</summary>
    public void Lose() => _outcomes.Clear();
}
