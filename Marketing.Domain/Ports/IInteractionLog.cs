namespace Marketing.Domain.Ports;

/// <summary>The source of truth: every interaction, once, for ever. All other state can be rebuilt from it.</summary>
public interface IInteractionLog
{
    /// <summary>
    /// Appends a batch and makes each new interaction pending in <see cref="IInteractionQueue"/>, in one step.
    /// When this returns, what it accepted is durable. An id seen before, in this batch or ever, changes nothing: the interaction is
    /// a duplicate when its content is the same (<see cref="InteractionContent"/>), and a conflict when it is not.
    /// </summary>
    /// <returns>One outcome an interaction, in order.</returns>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>The whole log in batches, each interaction once, in an order of the store's own that a concurrent append does not disturb.</summary>
    IAsyncEnumerable<IReadOnlyList<Interaction>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>A user's interactions, newest first, from an opaque cursor on (null: the newest).</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<Page<Interaction>> ReadUserAsync(UserId userId, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Those of the given interactions that the log holds, in any order.</summary>
    Task<IReadOnlyList<Interaction>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>The present state of each given edge, computed from the log; a pair without interactions is left out.</summary>
    Task<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyCollection<(UserId UserId, CampaignId CampaignId)> pairs, CancellationToken cancellationToken);

    /// <summary>How much there is, by type.</summary>
    Task<LogStatistics> StatisticsAsync(CancellationToken cancellationToken);
}
