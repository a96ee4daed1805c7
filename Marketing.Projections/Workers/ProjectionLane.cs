using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Logging;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Projections.Workers;

/// <summary>
/// Applies batches to one projection and remembers failures. An interaction becomes a dead letter only if it fails alone, often
/// enough, while the store accepts others. Without that proof the store may be at fault, and the interaction waits. Attempts during an
/// outage therefore do not count: after a long one, a store that is still unsteady would turn good interactions into dead letters.
/// </summary>
internal sealed class ProjectionLane(
    IProjection projection, ProjectionDiagnostics diagnostics, StoreOutcome writes, TimeProvider time, ProjectorOptions options, ILogger logger)
{
    private readonly ConcurrentDictionary<EventId, Suspect> _failedAlone = new();
    private long _successes;

    /// <summary>Applies a batch; throws only on cancellation.</summary>
    public async Task<LaneOutcome> ApplyAsync(
        IReadOnlyList<PendingInteraction> batch, BatchTrace trace, CancellationToken cancellationToken)
    {
        var pending = batch.Where(one => projection.Concerns(one.Interaction)).ToList();
        var concerned = pending.ConvertAll(one => one.Interaction);
        if (concerned.Count == 0)
        {
            return LaneOutcome.Applied;
        }

        if (await TryAsync(pending, concerned, trace, cancellationToken) is not { } error)
        {
            Interlocked.Increment(ref _successes);
            Forget(concerned);
            return LaneOutcome.Applied;
        }

        var result = await Isolation.FindAsync(projection, concerned, error, cancellationToken);
        Interlocked.Add(ref _successes, result.Succeeded);
        if (result.Succeeded > 0)
        {
            // The store accepts others, so the interaction is at fault.
            writes.Succeeded();
        }

        return Judge(concerned, result);
    }

    private async Task<Exception?> TryAsync(
        List<PendingInteraction> pending, List<Interaction> concerned, BatchTrace trace, CancellationToken cancellationToken)
    {
        using var activity = ProjectionDiagnostics.StartApply(projection.Name, concerned.Count);
        var started = time.GetTimestamp();
        Exception? failure = null;
        try
        {
            await projection.ApplyAsync(concerned, cancellationToken);
            writes.Succeeded();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            failure = error;
            writes.Failed(error);
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, error.GetType().Name);
        }

        activity?.Stop();
        trace.Repeat(activity, pending);
        diagnostics.Applied(projection.Name, time.GetElapsedTime(started), failure);
        return failure;
    }

    private LaneOutcome Judge(List<Interaction> concerned, IsolationResult result)
    {
        var setAside = new List<DeadLetter>();
        var again = new List<EventId>();
        foreach (var (interaction, error) in result.Failed)
        {
            var before = _failedAlone.TryGetValue(interaction.Id, out var suspect) ? suspect : new Suspect(long.MaxValue, 0);
            var othersWork = result.Succeeded > 0 || Interlocked.Read(ref _successes) > before.SuccessesThen;
            var proofs = before.Proofs + (othersWork ? 1 : 0);
            if (othersWork && (proofs >= options.MaxAttempts || Isolation.IsDataError(error)))
            {
                var letter = ToLetter(interaction, error);
                setAside.Add(letter);
                diagnostics.DeadLettered(projection.Name);
                Log.SetAside(logger, letter.Id, projection.Name, proofs, error.GetType().Name);
                _failedAlone.TryRemove(interaction.Id, out _);
            }
            else
            {
                again.Add(interaction.Id);
                _failedAlone[interaction.Id] = new Suspect(Interlocked.Read(ref _successes), proofs);
            }
        }

        if (result.NothingWorked)
        {
            Log.Unavailable(logger, projection.Name, result.Failed[0].Error.GetType().Name, concerned.Count - setAside.Count);
        }

        if (result.Outage is not null)
        {
            var decided = setAside.Select(letter => letter.EventId!.Value).ToHashSet();
            again = [.. concerned.Select(one => one.Id).Where(id => !decided.Contains(id))];
        }

        return new LaneOutcome(setAside, again);
    }

    private void Forget(List<Interaction> applied)
    {
        if (_failedAlone.IsEmpty)
        {
            return;
        }

        foreach (var interaction in applied)
        {
            _failedAlone.TryRemove(interaction.Id, out _);
        }
    }

    private DeadLetter ToLetter(Interaction interaction, Exception error)
    {
        var source = $"projection:{projection.Name}";
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{interaction.Id.Value}"));
        return new DeadLetter(
            Convert.ToHexStringLower(identity.AsSpan(0, 16)), source, SafeError.Describe(error, interaction), time.GetUtcNow(),
            interaction.Id, interaction.UserId, Payload: null);
    }

    /// <summary>An interaction that failed alone.</summary>
    /// <param name="SuccessesThen">The lane's successes when it last failed.</param>
    /// <param name="Proofs">How often it failed while others succeeded.</param>
    private readonly record struct Suspect(long SuccessesThen, int Proofs);
}

/// <summary>The outcome of a batch in one projection.</summary>
/// <param name="SetAside">Poison, to be stored as dead letters.</param>
/// <param name="Again">Failures, to be retried later.</param>
internal sealed record LaneOutcome(IReadOnlyList<DeadLetter> SetAside, IReadOnlyList<EventId> Again)
{
    public static readonly LaneOutcome Applied = new([], []);
}
