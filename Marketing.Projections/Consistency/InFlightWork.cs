using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Consistency;

/// <summary>
/// Pending interactions and unfinished erasures, which a projection may or may not reflect yet. A difference counts only if it
/// involves neither and the log is the same before and after reading the store. The order of reads guarantees this: log, pending
/// and erasures, store, log and erasures.
/// </summary>
internal sealed class InFlightWork(IInteractionQueue queue, IPersonalData personalData)
{
    /// <summary>Number of times a difference is examined before it is left undecided.</summary>
    public const int Looks = 3;

    public async Task<HashSet<EventId>> PendingAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : [.. await queue.PendingAsync(ids, cancellationToken)];

    /// <summary>Returns the keys (<see cref="StoredFact.KeyOf"/>) of users erased from the log who may still be in a projection.</summary>
    public async Task<HashSet<ulong>> ErasingAsync(CancellationToken cancellationToken) =>
        [.. (await personalData.UnfinishedErasuresAsync(cancellationToken)).Select(erasure => StoredFact.KeyOf(erasure.UserId))];

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await queue.BacklogAsync(cancellationToken)).Pending;
}
