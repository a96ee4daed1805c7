using Marketing.Recommender.Model;

namespace Marketing.Recommender.Ports;

/// <summary>What the law asks of whoever keeps a log of people.</summary>
public interface IPersonalData
{
    /// <summary>
    /// Removes every interaction of the user from log and queue, for good, and in the same step notes the erasure
    /// as unfinished: should the process die now, the note says whose projections are still to be erased.
    /// A second erasure of the same user replaces the note.
    /// </summary>
    /// <returns>How many interactions were removed.</returns>
    Task<long> EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>The erasures that are noted as unfinished, oldest first.</summary>
    Task<IReadOnlyList<UnfinishedErasure>> UnfinishedErasuresAsync(CancellationToken cancellationToken);

    /// <summary>Forgets the note of exactly this erasure; does nothing when a later one has replaced it.</summary>
    Task FinishErasureAsync(UnfinishedErasure erasure, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the text of up to <paramref name="max"/> chats that occurred before <paramref name="before"/>, the oldest first;
    /// the interactions stay, and in the same step become pending again, so that their vectors go as well.
    /// </summary>
    /// <returns>The chats whose text is gone; empty when none was left.</returns>
    Task<IReadOnlyList<EventId>> RedactTextAsync(DateTimeOffset before, int max, CancellationToken cancellationToken);
}
