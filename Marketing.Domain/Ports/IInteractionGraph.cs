namespace Marketing.Domain.Ports;

/// <summary>Who did what with which campaign.</summary>
public interface IInteractionGraph
{
    /// <summary>Writes edges absolutely, replacing each one's state. An edge older than the stored one (fewer interactions) is written too: the log is right.</summary>
    Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, CancellationToken cancellationToken);

    /// <summary>The edges of some users, for each at most the <paramref name="maxPerUser"/> last touched, newest first.</summary>
    ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken);

    /// <summary>Removes edges; unknown ones are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, CancellationToken cancellationToken);

    /// <summary>Removes a user and all edges of theirs.</summary>
    Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>How many edges there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Every edge, in batches, those of one user together; for learning item-item weights, consistency checks and sweeps.</summary>
    IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Compares what the store keeps more than once, such as a copy in memory beside its file, as of one moment; when asked to, makes
    /// them agree.
    /// </summary>
    /// <returns>How many entries differed.</returns>
    Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken);

    /// <inheritdoc cref="IEngagementStore.RebuildAsync" />
    Task RebuildAsync(Func<IInteractionGraph, CancellationToken, Task> fill, CancellationToken cancellationToken);
}
