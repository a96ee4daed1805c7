using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Users;

/// <summary>
/// Erases a user from attributes, log and queue, dead letters, projections and cached answers. Each step is tried even if others
/// fail. The log atomically records the erasure; the record stays until every step has succeeded and no projector can still hold a
/// batch claimed before it.
/// </summary>
public sealed class UserErasure(
    IPersonalData personalData,
    IDeadLetters deadLetters,
    ICatalog catalog,
    IAnswerInvalidation answers,
    IEnumerable<IProjection> projections,
    TimeProvider time,
    ILogger<UserErasure> logger,
    IErasureList? list = null)
{
    private const string AttributesStep = "attributes";
    private const string LogStep = "log";
    private const string ListStep = "erasureList";

    /// <summary>Users whose erasure is incomplete in this process; it is retried without waiting for the grace period.</summary>
    private readonly ConcurrentDictionary<UserId, bool> _left = new();

    /// <summary>
    /// Erases the user. If the report has nothing remaining, no store has any of their data. Remaining steps are recorded, survive a
    /// restart and are retried until they succeed.
    /// </summary>
    /// <exception cref="ErasureFailedException">The log could not record the erasure; the caller must request it again.</exception>
    public async Task<ErasureReport> EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var steps = new ErasureSteps(logger);
        var profile = false;
        long removed = 0;

        // From here on the caller can no longer cancel.
        await steps.TryAsync(AttributesStep, async () => profile = await catalog.DeleteUserAsync(userId, CancellationToken.None));
        await steps.TryAsync(LogStep, async () => removed = await personalData.EraseAsync(userId, CancellationToken.None));
        await ListAsync(
            steps,
            async () => (await personalData.UnfinishedErasuresAsync(CancellationToken.None)).Where(erasure => erasure.UserId == userId),
            CancellationToken.None);
        await EraseElsewhereAsync(userId, steps, CancellationToken.None);
        if (steps.Failed.Count > 0)
        {
            await EnsureNotedAsync(userId, steps);
            _left[userId] = true;
        }

        return new ErasureReport(userId.Value, removed, profile, steps.Done, steps.Failed);
    }

    /// <summary>
    /// Completes erasures: retries failed steps, and erases users of older erasures once more, because a projector may have applied a
    /// batch claimed before the erasure.
    /// </summary>
    /// <param name="grace">Minimum age of an erasure before it is finished; longer than any batch can be in flight.</param>
    /// <param name="cancellationToken">Cancels the work; the rest is done next time.</param>
    /// <returns>The number of erasures finished.</returns>
    public async Task<int> FinishAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var finished = 0;
        foreach (var erasure in await personalData.UnfinishedErasuresAsync(cancellationToken))
        {
            var isOld = time.GetUtcNow() - erasure.ErasedAt >= grace;
            if ((isOld || _left.ContainsKey(erasure.UserId))
                && (await EraseAgainAsync(erasure, cancellationToken)).Failed.Count == 0
                && isOld)
            {
                await personalData.FinishErasureAsync(erasure, cancellationToken);
                finished++;
            }
        }

        return finished;
    }

    /// <summary>Erases the users of all unfinished erasures from every store at startup after a crash, and keeps the records.</summary>
    /// <exception cref="ErasureFailedException">A step failed; all were tried.</exception>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        Exception? first = null;
        foreach (var erasure in await personalData.UnfinishedErasuresAsync(cancellationToken))
        {
            first ??= (await EraseAgainAsync(erasure, cancellationToken)).FirstError;
        }

        if (first is not null)
        {
            throw new ErasureFailedException(first);
        }
    }

    private async Task<ErasureSteps> EraseAgainAsync(UnfinishedErasure erasure, CancellationToken cancellationToken)
    {
        var steps = new ErasureSteps(logger);
        await steps.TryAsync(LogStep, () => personalData.EraseLeftoversAsync(erasure, cancellationToken));
        await ListAsync(steps, () => Task.FromResult<IEnumerable<UnfinishedErasure>>([erasure]), cancellationToken);
        await EraseElsewhereAsync(erasure.UserId, steps, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (steps.Failed.Count == 0)
        {
            _left.TryRemove(erasure.UserId, out _);
        }
        else
        {
            _left[erasure.UserId] = true;
        }

        return steps;
    }

    /// <summary>Lists the erasure beside the backups, if a list is kept, with the time that the log has recorded.</summary>
    private async Task ListAsync(
        ErasureSteps steps, Func<Task<IEnumerable<UnfinishedErasure>>> erasures, CancellationToken cancellationToken)
    {
        if (list is null)
        {
            return;
        }

        await steps.TryAsync(ListStep, async () =>
        {
            foreach (var erasure in await erasures())
            {
                await list.AddAsync(erasure, cancellationToken);
            }
        });
    }

    private async Task EraseElsewhereAsync(UserId userId, ErasureSteps steps, CancellationToken cancellationToken)
    {
        await steps.TryAsync("deadLetters", () => deadLetters.EraseAsync(userId, cancellationToken));
        foreach (var projection in projections)
        {
            await steps.TryAsync(projection.Name, () => projection.EraseAsync(userId, cancellationToken));
        }

        await steps.TryAsync("cache", () => answers.InvalidateAsync([userId], cancellationToken).AsTask());
    }

    /// <summary>
    /// A failed step may still have changed the log, and only recorded erasures are retried. The record does not cover attributes,
    /// because the user may have new ones by the time of the retry.
    /// </summary>
    private async Task EnsureNotedAsync(UserId userId, ErasureSteps steps)
    {
        try
        {
            if (steps.Failed.Contains(AttributesStep) && await catalog.FindUserAsync(userId, CancellationToken.None) is null)
            {
                steps.Settle(AttributesStep);
            }

            var isNoted = !steps.Failed.Contains(LogStep)
                || (await personalData.UnfinishedErasuresAsync(CancellationToken.None)).Any(erasure => erasure.UserId == userId);
            if (isNoted && !steps.Failed.Contains(AttributesStep))
            {
                return;
            }
        }
        catch (Exception exception)
        {
            throw new ErasureFailedException(exception);
        }

        throw new ErasureFailedException(steps.FirstError!);
    }
}

/// <summary>The result of an erasure.</summary>
/// <param name="UserId">The erased user.</param>
/// <param name="Interactions">Interactions removed from the log.</param>
/// <param name="Profile">Whether the user had attributes.</param>
/// <param name="Done">Completed steps: attributes, log, erasureList (if one is kept), deadLetters, each projection, cache.</param>
/// <param name="Remaining">Failed steps, which are retried in the background until they succeed; empty if all are done.</param>
public sealed record ErasureReport(
    string UserId, long Interactions, bool Profile, IReadOnlyList<string> Done, IReadOnlyList<string> Remaining);

/// <summary>An erasure could not be recorded or resumed; see the inner exception.</summary>
public sealed class ErasureFailedException(Exception reason)
    : Exception("The erasure did not complete and must be requested again.", reason);
