namespace Marketing.Domain.Ports;

/// <summary>What the law asks of whoever keeps a log of people.</summary>
public interface IPersonalData
{
    /// <summary>
    /// Removes every interaction of the user from log and queue, for good, and in the same step notes the erasure
    /// as unfinished: should the process die now, the note says whose projections are still to be erased.
    /// A second erasure of the same user replaces the note. From then on <see cref="IInteractionLog.AppendAsync"/> refuses what is from
    /// before the erasure, by its time or by its id, until <see cref="ForgetErasuresAsync"/>; what happened since is accepted.
    /// </summary>
    /// <returns>How many interactions were removed.</returns>
    Task<long> EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>The erasures that are noted as unfinished, oldest first.</summary>
    Task<IReadOnlyList<UnfinishedErasure>> UnfinishedErasuresAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Removes for good what is still in the log of a noted erasure: what an append that was under way brought in, or what a failure left.
    /// </summary>
    Task EraseLeftoversAsync(UnfinishedErasure erasure, CancellationToken cancellationToken);

    /// <summary>Forgets whose erasure is older than <paramref name="before"/>: what is from before it is accepted again.</summary>
    /// <returns>How many erasures were forgotten.</returns>
    Task<long> ForgetErasuresAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Forgets the note of exactly this erasure; does nothing when a later one has replaced it.</summary>
    Task FinishErasureAsync(UnfinishedErasure erasure, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the text of up to <paramref name="max"/> chats that occurred before <paramref name="before"/>, the oldest first;
    /// the interactions stay, and in the same step become pending again, so that their vectors go as well.
    /// </summary>
    /// <returns>The chats whose text is gone; empty when none was left.</returns>
    Task<IReadOnlyList<EventId>> RedactTextAsync(DateTimeOffset before, int max, CancellationToken cancellationToken);
}
