using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>
/// State derived from the log. Applying is idempotent and independent of order and of other projections. Every method may run
/// concurrently with any other, in any number of processes: after a write, the projection rereads the log and corrects itself.
/// </summary>
public interface IProjection
{
    /// <summary>The name in URLs, logs and metrics: <c>vectors</c>, <c>graph</c>, <c>engagement</c>.</summary>
    string Name { get; }

    /// <summary>Whether an interaction of this type affects this projection; others need not be applied.</summary>
    bool Concerns(Interaction interaction);

    /// <summary>
    /// Makes the projection match the log for these interactions, in any batch and order and any number of times. Removes
    /// interactions that are no longer in the log, for example after an erasure.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>Removes a user, except for what the log still holds: nothing after an erasure, or newer interactions.</summary>
    Task EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Rebuilds from the log while serving; the result equals a build from scratch. If the store can keep two copies, readers see the
    /// old content until the new one is complete; in any case they see no gap.
    /// </summary>
    Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Compares every entry with the log, and data the store derives or keeps twice with its origin; if requested, repairs
    /// differences. Interactions that are not projected yet are not reported as errors.
    /// </summary>
    /// <param name="repair">Whether to repair differences.</param>
    /// <param name="full">Whether to recompute content that needs the model for every entry; otherwise for a sample, or for all if the sample shows an error.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    Task<ConsistencyReport> CheckAsync(bool repair, bool full, CancellationToken cancellationToken);
}
