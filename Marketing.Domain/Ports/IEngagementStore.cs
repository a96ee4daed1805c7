namespace Marketing.Domain.Ports;

/// <summary>How campaigns perform: facts by event id and the totals that follow from them.</summary>
public interface IEngagementStore
{
    /// <summary>
    /// Records facts and brings the totals up to date in one step; a fact already recorded changes nothing, and one recorded with
    /// other content is replaced.
    /// </summary>
    Task RecordAsync(IReadOnlyList<EngagementFact> facts, CancellationToken cancellationToken);

    /// <summary>Counts of each campaign that has any, of what occurred at or after <paramref name="since"/> (null: ever).</summary>
    /// <remarks>Exact for a whole UTC day; within a day the store may count from the start of the UTC hour.</remarks>
    Task<IReadOnlyList<CampaignCount>> CountsAsync(DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>Counts a UTC day, oldest first, of one campaign (null: all together), for trends.</summary>
    Task<IReadOnlyList<(DateOnly Day, CampaignCount Count)>> DailyAsync(
        CampaignId? campaignId, DateOnly from, CancellationToken cancellationToken);

    /// <summary>Removes facts and takes them out of the totals; unknown ids are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Removes every fact of a user and takes them out of the totals.</summary>
    Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>How many facts there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Those of the given facts that are recorded, in any order, with every write seen.</summary>
    Task<IReadOnlyList<StoredFact>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Every fact, in batches; for consistency checks and for the sweep after a rebuild.</summary>
    IAsyncEnumerable<IReadOnlyList<StoredFact>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Compares what the store derives from its facts, such as totals, indexes and copies in memory, with the facts, all as of one
    /// moment; when asked to, makes it anew.
    /// </summary>
    /// <returns>How many derived entries differed.</returns>
    Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces everything by what <paramref name="fill"/> writes to the store that it is given. Until that returns, readers have what
    /// was there, and other writes reach both; then the new content takes the place of the old in one step. When it fails, what was
    /// there stays. A store that cannot build beside itself gives itself to be filled.
    /// </summary>
    Task RebuildAsync(Func<IEngagementStore, CancellationToken, Task> fill, CancellationToken cancellationToken);
}
