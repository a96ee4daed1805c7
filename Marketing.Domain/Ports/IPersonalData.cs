namespace Marketing.Domain.Ports;

/// <summary>Erasure and retention of personal data in the log.</summary>
public interface IPersonalData
{
    /// <summary>
    /// Permanently removes every interaction of the user from log and queue, and atomically records the erasure as unfinished, so
    /// that the projections can be erased even if the process dies now. Erasing the same user again replaces the record. Until
    /// <see cref="ForgetErasuresAsync"/>, <see cref="IInteractionLog.AppendAsync"/> rejects interactions that predate the erasure by
    /// their time or their id, and accepts newer ones.
    /// </summary>
    /// <returns>The number of interactions removed.</returns>
    Task<long> EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Returns the unfinished erasures, oldest first.</summary>
    Task<IReadOnlyList<UnfinishedErasure>> UnfinishedErasuresAsync(CancellationToken cancellationToken);

    /// <summary>Permanently removes what an erasure left in the log because of a concurrent append or a failure.</summary>
    Task EraseLeftoversAsync(UnfinishedErasure erasure, CancellationToken cancellationToken);

    /// <summary>Forgets erasures older than <paramref name="before"/>; interactions that predate them are accepted again.</summary>
    /// <returns>The number of erasures forgotten.</returns>
    Task<long> ForgetErasuresAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Marks exactly this erasure as finished; does nothing if a later one replaced it.</summary>
    Task FinishErasureAsync(UnfinishedErasure erasure, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the text of up to <paramref name="max"/> chats that occurred before <paramref name="before"/>, oldest first. The
    /// interactions stay and atomically become pending again, so that their vectors are removed too.
    /// </summary>
    /// <returns>The redacted chats; empty if none is left.</returns>
    Task<IReadOnlyList<EventId>> RedactTextAsync(DateTimeOffset before, int max, CancellationToken cancellationToken);
}

/// <summary>A user who is erased from the log but may still be in a projection.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ErasedAt">When the user was erased from the log, in UTC, to the millisecond.</param>
public readonly record struct UnfinishedErasure(UserId UserId, DateTimeOffset ErasedAt);
