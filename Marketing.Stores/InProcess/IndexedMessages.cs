using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.VectorIndex;

namespace Marketing.Stores.InProcess;

/// <summary>Messages as entries of an embedded index: the key is the event id, the group the user, the label the campaign.</summary>
internal abstract class IndexedMessages(IVectorEntries entries, int newestPerUser) : IVectorIndex
{
    public int NewestPerUser => newestPerUser;

    public Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken) =>
        entries.UpsertAsync([.. messages.Select(ToEntry)], cancellationToken);

    public ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(ToMessages(entries.Latest(userId.Value, count)));
    }

    public abstract ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken);

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        entries.RemoveAsync([.. ids.Select(id => id.Value)], cancellationToken);

    public virtual Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) =>
        entries.RemoveGroupAsync(userId.Value, cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(entries.Count);

    public Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken) =>
        LatestAsync(userId, int.MaxValue, cancellationToken).AsTask();

    public IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        entries.ScanAsync(batchSize, cancellationToken).Select(ToMessages);

    public abstract Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken);

    public abstract Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken);

    private static VectorEntry ToEntry(MessageVector message) => new(
        message.Id.Value, message.UserId.Value, message.CampaignId?.Value, message.OccurredAt, message.Vector, message.Terms);

    private static IReadOnlyList<MessageVector> ToMessages(IReadOnlyList<VectorEntry> batch) => [.. batch.Select(ToMessage)];

    private static MessageVector ToMessage(VectorEntry entry) => new(
        new EventId(entry.Key),
        new UserId(entry.Group),
        entry.Label is { } campaign ? new CampaignId(campaign) : null,
        entry.Timestamp,
        entry.Vector,
        entry.Terms);
}
