using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Projections.Workers;

/// <summary>
/// Moves interactions from the queue to every projection, one claimed batch at a time. An interaction is completed when every
/// projection has applied it or turned it into a dead letter. Until then it stays in the queue, so after a crash it is applied again.
/// </summary>
internal sealed class Projector(
    IInteractionQueue queue,
    IDeadLetters deadLetters,
    IAnswerInvalidation answers,
    IEnumerable<IProjection> projections,
    ProjectionDiagnostics diagnostics,
    StoreOutcomes outcomes,
    TimeProvider time,
    IOptions<ProjectorOptions> options,
    ILogger<Projector> logger)
{
    /// <summary>How long the changes of a fast projection wait for a slow one before cached answers are dropped.</summary>
    private static readonly TimeSpan EarlyInvalidationDelay = TimeSpan.FromMilliseconds(200);

    private readonly ProjectionLane[] _lanes = [.. projections.Select(
        projection => new ProjectionLane(projection, diagnostics, outcomes.Writes(projection.Name), time, options.Value, logger))];

    /// <summary>Claims and applies one batch.</summary>
    /// <returns>The number of interactions claimed; 0 if none is due.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var claimed = await queue.ClaimAsync(options.Value.BatchSize, options.Value.Lease, cancellationToken);
        if (claimed.Count == 0)
        {
            return 0;
        }

        using var trace = diagnostics.StartBatch(claimed);
        using var lease = new CancellationTokenSource(options.Value.Lease, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, cancellationToken);
        try
        {
            await ApplyBatchAsync(claimed, trace, either.Token);
        }
        catch (OperationCanceledException) when (lease.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The next projector to claim the batch applies it again, which is idempotent.
            Log.LeaseLost(logger, claimed.Count);
        }

        return claimed.Count;
    }

    private async Task ApplyBatchAsync(IReadOnlyList<PendingInteraction> claimed, BatchTrace trace, CancellationToken cancellationToken)
    {
        var users = claimed.Select(one => one.Interaction.UserId).ToHashSet();
        var applying = Task.WhenAll(_lanes.Select(lane => lane.ApplyAsync(claimed, trace, cancellationToken)));
        var delay = Task.Delay(EarlyInvalidationDelay, time, cancellationToken);
        if (await Task.WhenAny(applying, delay) == delay)
        {
            await InvalidateAsync(users, cancellationToken);
        }

        var outcomes = await applying;
        await InvalidateAsync(users, cancellationToken);

        var letters = outcomes.SelectMany(outcome => outcome.SetAside).ToList();
        if (letters.Count > 0)
        {
            await deadLetters.AddAsync(letters, cancellationToken);
        }

        var again = outcomes.SelectMany(outcome => outcome.Again).ToHashSet();
        await queue.CompleteAsync(
            [.. claimed.Select(one => one.Interaction.Id).Where(id => !again.Contains(id))], cancellationToken);
        diagnostics.Completed(claimed.Count - again.Count);
        await ReleaseAsync(claimed, again, cancellationToken);
    }

    private async Task ReleaseAsync(
        IReadOnlyList<PendingInteraction> claimed, HashSet<EventId> again, CancellationToken cancellationToken)
    {
        if (again.Count == 0)
        {
            return;
        }

        foreach (var group in claimed.Where(one => again.Contains(one.Interaction.Id)).GroupBy(one => one.Attempt))
        {
            await queue.ReleaseAsync(
                [.. group.Select(one => one.Interaction.Id)], options.Value.DelayAfter(group.Key), cancellationToken);
        }

        diagnostics.Retried(again.Count);
    }

    /// <summary>A cache outage must not block projection, because cached answers expire anyway.</summary>
    private async Task InvalidateAsync(HashSet<UserId> users, CancellationToken cancellationToken)
    {
        try
        {
            await answers.InvalidateAsync(users, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotInvalidated(logger, users.Count, error.GetType().Name);
        }
    }
}
