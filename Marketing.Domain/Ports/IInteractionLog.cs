namespace Marketing.Domain.Ports;

/// <summary>The source of truth: every interaction exactly once. All other state can be rebuilt from it.</summary>
public interface IInteractionLog
{
    /// <summary>
    /// Appends a batch and makes each new interaction pending in <see cref="IInteractionQueue"/>, atomically. On return, accepted
    /// interactions are durable. An id seen before, in this batch or earlier, changes nothing: the interaction is a duplicate if
    /// its content is the same (<see cref="InteractionContent"/>), otherwise a conflict.
    /// </summary>
    /// <returns>One outcome per interaction, in order.</returns>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the whole log in batches, each interaction once, in a store-defined order that concurrent appends do not disturb.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<Interaction>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>Returns a user's interactions, newest first, starting at an opaque cursor (null: the newest).</summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    Task<Page<Interaction>> ReadUserAsync(UserId userId, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Returns the interactions with these ids that are in the log, in any order.</summary>
    Task<IReadOnlyList<Interaction>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Computes the current edge of each pair from the log; pairs without interactions are left out.</summary>
    Task<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyCollection<(UserId UserId, CampaignId CampaignId)> pairs, CancellationToken cancellationToken);

    /// <summary>Returns the size of the log, by interaction type.</summary>
    Task<LogStatistics> StatisticsAsync(CancellationToken cancellationToken);
}

/// <summary>The size of the log.</summary>
/// <param name="Total">Interactions of all types.</param>
/// <param name="ByType">Interactions per type, for types that occur.</param>
/// <param name="ChatsWithText">Chats that still have their text: the most that can have a vector.</param>
/// <param name="Users">Distinct users.</param>
public sealed record LogStatistics(
    long Total, IReadOnlyDictionary<InteractionType, long> ByType, long ChatsWithText, long Users);
