using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.InProcess;

/// <summary>The index that a rebuild fills; it cannot be searched.</summary>
internal sealed class RebuildTarget(InProcessVectorIndex index, VectorCollection collection) : IVectorIndex
{
    public int NewestPerUser => index.NewestPerUser;

    public Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken) =>
        index.UpsertAsync(messages, collection, cancellationToken);

    public ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(collection.Latest(userId, count));

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        index.RemoveAsync(ids, collection, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) =>
        index.RemoveUserAsync(userId, collection, cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(collection.Store.Count);

    public Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken) =>
        Task.FromResult(collection.Latest(userId, int.MaxValue));

    public IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        collection.ScanAsync(batchSize, cancellationToken);

    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
