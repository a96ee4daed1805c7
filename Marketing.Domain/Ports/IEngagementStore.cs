namespace Marketing.Domain.Ports;

/// <summary>Campaign performance: one fact per event id, and the totals derived from the facts.</summary>
public interface IEngagementStore
{
    /// <summary>
    /// Records facts and updates the totals atomically; a fact already recorded is unchanged, or replaced if its content differs.
    /// </summary>
    Task RecordAsync(IReadOnlyList<EngagementFact> facts, CancellationToken cancellationToken);

    /// <summary>Returns the counts of each campaign with interactions at or after <paramref name="since"/> (null: all time).</summary>
    /// <remarks>Exact at UTC day boundaries; within a day, the store may count from the start of the UTC hour.</remarks>
    Task<IReadOnlyList<CampaignCount>> CountsAsync(DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>Returns counts per UTC day, oldest first, for one campaign (null: all campaigns together).</summary>
    Task<IReadOnlyList<(DateOnly Day, CampaignCount Count)>> DailyAsync(
        CampaignId? campaignId, DateOnly from, CancellationToken cancellationToken);

    /// <summary>Removes facts and subtracts them from the totals; unknown ids are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Removes every fact of a user and subtracts them from the totals.</summary>
    Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Returns the number of facts.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Returns the recorded facts among these ids, in any order; sees every completed write.</summary>
    Task<IReadOnlyList<StoredFact>> FindAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Returns every fact, in batches; used by consistency checks and by the sweep after a rebuild.</summary>
    IAsyncEnumerable<IReadOnlyList<StoredFact>> ScanAsync(int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Compares derived data (totals, indexes, in-memory copies) with a consistent snapshot of the facts, and recomputes it
    /// if <paramref name="repair"/> is set.
    /// </summary>
    /// <returns>The number of derived entries that differ.</returns>
    Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces all content with what <paramref name="fill"/> writes to the store it receives. Meanwhile readers see the old
    /// content, and other writes go to both. The new content replaces the old atomically; if the fill fails, the old content stays.
    /// A store that cannot build a second copy passes itself to <paramref name="fill"/>.
    /// </summary>
    Task RebuildAsync(Func<IEngagementStore, CancellationToken, Task> fill, CancellationToken cancellationToken);
}
