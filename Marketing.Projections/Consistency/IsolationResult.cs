using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>The outcome of a failed batch in one projection.</summary>
/// <param name="Succeeded">Interactions applied in parts after the whole batch failed.</param>
/// <param name="Failed">Interactions that failed alone; in an outage, only the probes.</param>
/// <param name="Outage">The error, if nothing could be applied; otherwise null.</param>
internal sealed record IsolationResult(int Succeeded, IReadOnlyList<FailedInteraction> Failed, Exception? Outage)
{
    public static readonly IsolationResult Applied = new(0, [], null);

    public bool NothingWorked => Succeeded == 0 && Failed.Count > 0;
}

/// <summary>An interaction that failed when applied alone.</summary>
internal readonly record struct FailedInteraction(Interaction Interaction, Exception Error);
