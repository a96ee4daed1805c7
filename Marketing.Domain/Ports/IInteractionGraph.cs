namespace Marketing.Domain.Ports;

/// <summary>The user–campaign interaction graph.</summary>
public interface IInteractionGraph
{
    /// <summary>Writes whole edges, also over a stored edge with more interactions: the log is the source of truth.</summary>
    Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, CancellationToken cancellationToken);

    /// <summary>Returns the edges of these users: per user the <paramref name="maxPerUser"/> most recent, newest first.</summary>
    ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken);

    /// <summary>Removes edges; unknown ones are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, CancellationToken cancellationToken);

    /// <summary>Removes a user and all their edges.</summary>
    Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Returns the number of edges.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns every edge, in batches, grouped by user; used for learning item-item weights, consistency checks and sweeps.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Compares data that the store keeps twice, such as an in-memory copy of a file, in a consistent snapshot, and makes the
    /// copies agree if <paramref name="repair"/> is set.
    /// </summary>
    /// <returns>The number of entries that differ.</returns>
    Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken);

    /// <inheritdoc cref="IEngagementStore.RebuildAsync" />
    Task RebuildAsync(Func<IInteractionGraph, CancellationToken, Task> fill, CancellationToken cancellationToken);
}
