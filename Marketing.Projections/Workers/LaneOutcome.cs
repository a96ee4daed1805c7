using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Workers;

/// <summary>The outcome of a batch in one projection.</summary>
/// <param name="SetAside">Poison, to be stored as dead letters.</param>
/// <param name="Again">Failures, to be retried later.</param>
internal sealed record LaneOutcome(IReadOnlyList<DeadLetter> SetAside, IReadOnlyList<EventId> Again)
{
    public static readonly LaneOutcome Applied = new([], []);
}
