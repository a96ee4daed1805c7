namespace Marketing.Domain.Ports;

/// <summary>
/// The log seen as a queue. An appended interaction is pending until a projector completes it; a claim is a lease,
/// and what is claimed and not completed when the lease ends is pending again. Safe for many projectors in many processes.
/// The trace of whoever appends or requeues, when it is recorded, waits with what is pending and is gone with it.
/// </summary>
public interface IInteractionQueue
{
    /// <summary>Leases up to <paramref name="max"/> pending interactions, the oldest first.</summary>
    Task<IReadOnlyList<PendingInteraction>> ClaimAsync(int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Marks claimed interactions as applied to every projection; they are never handed out again. Ids that are unknown,
    /// or not leased any more (requeued, redacted or released since the claim), are ignored.
    /// </summary>
    Task CompleteAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Gives claimed interactions back, to be claimed again after <paramref name="delay"/>.</summary>
    Task ReleaseAsync(IReadOnlyList<EventId> ids, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// Makes interactions of the log pending again, for a repair or a replay, as if they were new: a lease on one of them ends,
    /// so that whoever held it cannot complete what it applied before. Unknown ids are ignored.
    /// </summary>
    Task RequeueAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Those of the given interactions that are pending, leased or not.</summary>
    Task<IReadOnlyList<EventId>> PendingAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>How far the projections are behind.</summary>
    Task<QueueBacklog> BacklogAsync(CancellationToken cancellationToken);
}
