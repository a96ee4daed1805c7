using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Users;

/// <summary>
/// Forgets a user everywhere: attributes, log and queue, dead letters, projections, cached answers. Each step is tried whatever
/// became of the others. What the log forgets it notes in the same step; the note is kept until no projector can still hold a batch
/// that it claimed before, and until every step has succeeded.
/// </summary>
public sealed class UserErasure(
    IPersonalData personalData,
    IDeadLetters deadLetters,
    ICatalog catalog,
    IAnswerInvalidation answers,
    IEnumerable<IProjection> projections,
    TimeProvider time,
    ILogger<UserErasure> logger)
{
    private const string AttributesStep = "attributes";
    private const string LogStep = "log";

    /// <summary>Users whose erasure this process could not end yet; they need not wait until their note is old enough.</summary>
    private readonly ConcurrentDictionary<UserId, bool> _left = new();

    /// <summary>
    /// Erases the user. When the report has nothing remaining, no store has anything of them. What remains is noted, survives a
    /// restart and is tried again until it is done.
    /// </summary>
    /// <exception cref="ErasureFailedException">The log could not note the erasure; it has to be asked for again.</exception>
    public async Task<ErasureReport> EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var steps = new ErasureSteps(logger);
        var profile = false;
        long removed = 0;

        // From here on it is not for the caller to break off.
        await steps.TryAsync(AttributesStep, async () => profile = await catalog.DeleteUserAsync(userId, CancellationToken.None));
        await steps.TryAsync(LogStep, async () => removed = await personalData.EraseAsync(userId, CancellationToken.None));
        await EraseElsewhereAsync(userId, steps, CancellationToken.None);
        if (steps.Failed.Count > 0)
        {
            await EnsureNotedAsync(userId, steps);
            _left[userId] = true;
        }

        return new ErasureReport(userId.Value, removed, profile, steps.Done, steps.Failed);
    }

    /// <summary>
    /// Ends erasures: tries again what failed in this process, and takes the users of older erasures out of the projections once
    /// more, since a projector may have applied a batch that it claimed before.
    /// </summary>
    /// <param name="grace">How old an erasure is before it counts as finished; longer than any batch can be in flight.</param>
    /// <param name="cancellationToken">Ends the work early; what is left is done next time.</param>
    /// <returns>How many erasures were finished.</returns>
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

    /// <summary>
    /// Takes the users of unfinished erasures out of every store at once, keeping the notes; for a start after a crash.
    /// </summary>
    /// <exception cref="ErasureFailedException">Some of it failed; all of it was tried.</exception>
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
    /// A step that failed may have changed the log all the same. Only what is noted there can be promised; attributes are in no
    /// note, since by the time it is followed the user may have come back with new ones.
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
