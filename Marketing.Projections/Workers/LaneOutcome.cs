using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Workers;

/// <summary>What became of a batch in one projection.</summary>
/// <param name="SetAside">Poison, to be kept as dead letters.</param>
/// <param name="Again">Failed, to be tried again later.</param>
internal sealed record LaneOutcome(IReadOnlyList<DeadLetter> SetAside, IReadOnlyList<EventId> Again)
{
    public static readonly LaneOutcome Applied = new([], []);
}
