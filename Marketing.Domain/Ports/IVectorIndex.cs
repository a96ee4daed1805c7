namespace Marketing.Domain.Ports;

/// <summary>Nearest neighbours among the messages of all users, by cosine. Made for one model and dimension, see <see cref="VectorSpace"/>.</summary>
public interface IVectorIndex
{
    /// <summary>N, the number of messages kept of each user: the newest ones.</summary>
    int NewestPerUser { get; }

    /// <summary>
    /// Adds or replaces messages by event id, then keeps only the newest N of each user
    /// (by <see cref="MessageVector.OccurredAt"/>, then id), whatever the order they came in.
    /// </summary>
    /// <exception cref="ArgumentException">A vector has another length than the index.</exception>
    Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken);

    /// <summary>The user's newest messages, newest first; empty when none is indexed.</summary>
    ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken);

    /// <summary>The newest messages of many users: one list a user, in their order. A store that is far away answers with few requests.</summary>
    async ValueTask<IReadOnlyList<IReadOnlyList<MessageVector>>> LatestOfEachAsync(
        IReadOnlyList<UserId> userIds, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var latest = new IReadOnlyList<MessageVector>[userIds.Count];
        for (var i = 0; i < latest.Length; i++)
        {
            latest[i] = await LatestAsync(userIds[i], count, cancellationToken);
        }

        return latest;
    }

    /// <summary>The messages nearest to a vector, best first.</summary>
    ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Removes messages by event id; unknown ids are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Removes every message of a user.</summary>
    Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>How many messages are indexed.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>A user's messages, newest first, with every write seen; for consistency checks.</summary>
    Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Every indexed message, in batches, with every write seen; for consistency checks and for the sweep after a rebuild.</summary>
    IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Compares what the store keeps more than once, such as a copy in memory beside its file, and vectors with the digest that was
    /// written with them; when asked to, makes copies agree. What does not match its digest is removed, to be projected again.
    /// </summary>
    /// <returns>How many entries differed.</returns>
    Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken);

    /// <inheritdoc cref="IEngagementStore.RebuildAsync" />
    Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken);
}
