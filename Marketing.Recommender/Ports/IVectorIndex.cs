using Marketing.Recommender.Model;

namespace Marketing.Recommender.Ports;

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

    /// <summary>The messages nearest to a vector, best first.</summary>
    ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Removes messages by event id; unknown ids are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Removes every message of a user.</summary>
    Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>How many messages are indexed.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Every indexed message's id and user, in batches; for consistency checks and for the sweep after a rebuild.</summary>
    IAsyncEnumerable<IReadOnlyList<(EventId Id, UserId UserId)>> ScanAsync(int batchSize, CancellationToken cancellationToken);
}
