using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>The tables that a rebuild fills, as a store that can be written and read but has no totals to query.</summary>
internal sealed class EngagementBuild(SqliteEngagementStore store, FactReader facts, long id) : IEngagementStore
{
    public long Id => id;

    public Task RecordAsync(IReadOnlyList<EngagementFact> facts, CancellationToken cancellationToken) =>
        store.RecordAsync(facts, this, cancellationToken);

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        store.RemoveAsync(ids, this, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) =>
        store.RemoveUserAsync(userId, this, cancellationToken);

    public Task<IReadOnlyList<StoredFact>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        Task.FromResult(facts.Find(ids, FactTables.OfBuild(id)));

    public IAsyncEnumerable<IReadOnlyList<StoredFact>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        facts.ScanAsync(batchSize, FactTables.OfBuild(id), cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult(facts.Count(FactTables.OfBuild(id)));

    public Task<IReadOnlyList<CampaignCount>> CountsAsync(DateTimeOffset? since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<(DateOnly Day, CampaignCount Count)>> DailyAsync(
        CampaignId? campaignId, DateOnly from, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RebuildAsync(Func<IEngagementStore, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
