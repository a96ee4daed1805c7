using System.Diagnostics;

namespace Marketing.Domain.Ports;

/// <summary>
/// The log as a queue. An appended interaction is pending until a projector completes it. A claim is a lease; an interaction
/// not completed when its lease expires is pending again. Safe for many projectors in many processes. If the trace of an
/// append or a requeue is recorded, its context is stored with the pending interaction and removed on completion.
/// </summary>
public interface IInteractionQueue
{
    /// <summary>Leases up to <paramref name="max"/> pending interactions, oldest first.</summary>
    Task<IReadOnlyList<PendingInteraction>> ClaimAsync(int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Marks claimed interactions as applied to every projection, so that they are never claimed again. Ignores ids that are
    /// unknown or no longer leased (requeued, redacted or released since the claim).
    /// </summary>
    Task CompleteAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Ends the lease on claimed interactions; they can be claimed again after <paramref name="delay"/>.</summary>
    Task ReleaseAsync(IReadOnlyList<EventId> ids, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// Makes logged interactions pending again, as if new, for a repair or a replay. This ends any lease on them, so that the
    /// holder cannot complete work done before. Unknown ids are ignored.
    /// </summary>
    Task RequeueAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Returns the ids among these that are pending, leased or not.</summary>
    Task<IReadOnlyList<EventId>> PendingAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Returns how far the projections lag behind the log.</summary>
    Task<QueueBacklog> BacklogAsync(CancellationToken cancellationToken);
}

/// <summary>A leased interaction.</summary>
/// <param name="Interaction">The interaction to project.</param>
/// <param name="Attempt">1 on the first claim, plus one for each later claim.</param>
/// <param name="Trace">The span that made it pending, if its trace is recorded.</param>
public readonly record struct PendingInteraction(Interaction Interaction, int Attempt, ActivityContext? Trace = null);

/// <summary>How far the projections lag behind the log.</summary>
/// <param name="Pending">Interactions not yet applied, including leased ones.</param>
/// <param name="OldestAppendedAt">When the oldest pending interaction was appended; null if none is pending.</param>
public sealed record QueueBacklog(long Pending, DateTimeOffset? OldestAppendedAt);
