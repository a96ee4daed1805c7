using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.InProcess;

/// <summary>The index that a rebuild fills; it is not searched.</summary>
internal sealed class VectorIndexBuild(InProcessVectorIndex index, IndexState state) : IVectorIndex
{
    public int NewestPerUser => index.NewestPerUser;

    public Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken) =>
        index.UpsertAsync(messages, state, cancellationToken);

    public ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult(state.Latest(userId, count));

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        index.RemoveAsync(ids, state, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) =>
        index.RemoveUserAsync(userId, state, cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(state.Store.Count);

    public Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken) =>
        Task.FromResult(state.Latest(userId, int.MaxValue));

    public IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        index.ScanAsync(state, batchSize, cancellationToken);

    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
