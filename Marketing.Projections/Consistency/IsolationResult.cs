using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>What became of a batch in one projection.</summary>
/// <param name="Succeeded">How many were applied in parts after the whole had failed.</param>
/// <param name="Failed">Those that failed alone; in an outage only those that were tried.</param>
/// <param name="Outage">Why, when nothing at all could be applied; null otherwise.</param>
internal sealed record IsolationResult(int Succeeded, IReadOnlyList<FailedInteraction> Failed, Exception? Outage)
{
    public static readonly IsolationResult Applied = new(0, [], null);

    public bool NothingWorked => Succeeded == 0 && Failed.Count > 0;
}

/// <summary>An interaction that could not be applied alone.</summary>
internal readonly record struct FailedInteraction(Interaction Interaction, Exception Error);
