using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Consistency;

/// <summary>
/// What a projection need not have yet, or may still have: pending interactions, and users whose erasure is under way. A difference
/// is one only beside none of these, with the log the same before and after the store was read. The order of the questions is what
/// makes that certain: log, pending and erasures, store, log and erasures.
/// </summary>
internal sealed class Unsettled(IInteractionQueue queue, IPersonalData personalData)
{
    /// <summary>Looks at what differs before it is left undecided: each sees another moment.</summary>
    public const int Looks = 3;

    public async Task<HashSet<EventId>> PendingAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : [.. await queue.PendingAsync(ids, cancellationToken)];

    /// <summary>Keys of the users (<see cref="StoredFact.KeyOf"/>) who are gone from the log and may still be in a projection.</summary>
    public async Task<HashSet<ulong>> ErasingAsync(CancellationToken cancellationToken) =>
        [.. (await personalData.UnfinishedErasuresAsync(cancellationToken)).Select(erasure => StoredFact.KeyOf(erasure.UserId))];

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await queue.BacklogAsync(cancellationToken)).Pending;
}
