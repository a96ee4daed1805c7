using Marketing.Recommender.Model;
using Marketing.Recommender.Pipeline;
using Marketing.Recommender.Ports;
using Marketing.Recommender.Projections;

namespace Marketing.Recommender.Users;

/// <summary>
/// Forgets a user everywhere: attributes, dead letters, log and queue, projections, cached answers. What the log forgets it notes
/// in the same step; the note is kept until no projector can still hold a batch that it claimed before.
/// </summary>
public sealed class UserErasure(
    IPersonalData personalData,
    IDeadLetters deadLetters,
    ICatalog catalog,
    IRecommender recommender,
    IEnumerable<IProjection> projections,
    TimeProvider time)
{
    /// <summary>Erases the user. When this returns, no store has anything of them; after a failure it can be repeated.</summary>
    public async Task<ErasureReport> EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        var profile = await catalog.DeleteUserAsync(userId, cancellationToken);
        var removed = await personalData.EraseAsync(userId, cancellationToken);
        await EraseProjectionsAsync(userId, cancellationToken);
        return new ErasureReport(userId.Value, removed, profile);
    }

    /// <summary>
    /// Takes the users of unfinished erasures out of the projections once more: a process may have died between log and
    /// projection, or after it had applied a batch it claimed before the erasure.
    /// </summary>
    /// <param name="grace">How old an erasure is before it counts as finished; longer than any batch can be in flight.</param>
    /// <param name="cancellationToken">Ends the work early; what is left is done next time.</param>
    /// <returns>How many erasures were finished.</returns>
    public async Task<int> FinishAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var finished = 0;
        foreach (var erasure in await personalData.UnfinishedErasuresAsync(cancellationToken))
        {
            if (time.GetUtcNow() - erasure.ErasedAt < grace)
            {
                break;
            }

            await EraseProjectionsAsync(erasure.UserId, cancellationToken);
            await personalData.FinishErasureAsync(erasure, cancellationToken);
            finished++;
        }

        return finished;
    }

    /// <summary>
    /// Takes the users of unfinished erasures out of the projections at once, keeping the notes; for a start after a crash.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var erasure in await personalData.UnfinishedErasuresAsync(cancellationToken))
        {
            await EraseProjectionsAsync(erasure.UserId, cancellationToken);
        }
    }

    private async Task EraseProjectionsAsync(UserId userId, CancellationToken cancellationToken)
    {
        await deadLetters.EraseAsync(userId, cancellationToken);
        foreach (var projection in projections)
        {
            await projection.EraseAsync(userId, cancellationToken);
        }

        await recommender.InvalidateAsync([userId], cancellationToken);
    }
}
