namespace Marketing.Domain.Ports;

/// <summary>
/// Cosine nearest-neighbor search over the messages of all users, for one model and dimension (see <see cref="VectorSpace"/>).
/// </summary>
public interface IVectorIndex
{
    /// <summary>N, the number of newest messages kept per user.</summary>
    int NewestPerUser { get; }

    /// <summary>
    /// Adds or replaces messages by event id, then keeps only the newest N per user (by <see cref="MessageVector.OccurredAt"/>,
    /// then id), whatever the order of arrival.
    /// </summary>
    /// <exception cref="ArgumentException">A vector's length differs from the index dimensions.</exception>
    Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken);

    /// <summary>Returns the user's newest messages, newest first; empty if none is indexed.</summary>
    ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken);

    /// <summary>Returns the newest messages of many users: one list per user, in the given order. A remote store needs only a few requests.</summary>
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

    /// <summary>Returns the messages nearest to a vector, best first.</summary>
    ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Removes messages by event id; unknown ids are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Removes every message of a user.</summary>
    Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Returns the number of indexed messages.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Returns a user's messages, newest first; sees every completed write, for consistency checks.</summary>
    Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns every indexed message, in batches; sees every completed write, for consistency checks and the sweep after a rebuild.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Compares data that the store keeps twice, such as an in-memory copy of a file, and vectors with their stored digests. If
    /// <paramref name="repair"/> is set, makes the copies agree and removes vectors that fail their digest, to be projected again.
    /// </summary>
    /// <returns>The number of entries that differ.</returns>
    Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken);

    /// <inheritdoc cref="IEngagementStore.RebuildAsync" />
    Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken);
}

/// <summary>A chat message in the vector index, without its text.</summary>
/// <param name="Id">The chat's event id.</param>
/// <param name="UserId">The sender.</param>
/// <param name="CampaignId">The campaign the chat names, if any; used for filtering.</param>
/// <param name="OccurredAt">When the message was sent.</param>
/// <param name="Terms">32-bit hashes of the message's words and word pairs (<see cref="Text.TextTerms"/>), distinct and ascending. They match words without storing them. May be empty.</param>
/// <param name="Vector">Unit length, with the index's dimensions. When read from an index, exact to within its quantization error.</param>
public sealed record MessageVector(
    EventId Id,
    UserId UserId,
    CampaignId? CampaignId,
    DateTimeOffset OccurredAt,
    ReadOnlyMemory<float> Vector,
    ReadOnlyMemory<uint> Terms);

/// <summary>A nearest-neighbor query.</summary>
/// <param name="Vector">Unit length, with the index's dimensions.</param>
/// <param name="Count">Number of messages to return, 1 to 1,000.</param>
/// <param name="ExcludeUser">Leaves out this user's messages; null excludes no one.</param>
/// <param name="CampaignId">Only messages that name this campaign; null means all.</param>
public sealed record VectorQuery(
    ReadOnlyMemory<float> Vector, int Count, UserId? ExcludeUser = null, CampaignId? CampaignId = null);

/// <summary>An indexed message near a query vector.</summary>
/// <param name="Id">The chat's event id.</param>
/// <param name="UserId">The sender.</param>
/// <param name="Similarity">Cosine similarity, -1 to 1.</param>
public readonly record struct VectorMatch(EventId Id, UserId UserId, float Similarity);
