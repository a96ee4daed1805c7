namespace Marketing.Domain.Ports;

/// <summary>
/// Where interactions go that were sent to the API and found valid: straight into the log, or into what stands in front of it
/// and evens out load.
/// </summary>
public interface IFrontDoor
{
    /// <summary>What it writes to, as an operator calls it and as the first word of a sentence.</summary>
    string Name { get; }

    /// <summary>False: duplicates and conflicts are found later, when the interactions reach the log, and count as accepted here.</summary>
    bool KnowsDuplicates { get; }

    /// <summary>Takes a batch in. When this returns, what was accepted is durable and will reach the log and the projections.</summary>
    /// <returns>One outcome an interaction, in order; all accepted where duplicates are not known yet.</returns>
    /// <exception cref="IngestUnavailableException">It cannot be written now; some interactions may have become durable.</exception>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>Counts what was refused, for the metrics.</summary>
    void CountRejected(long count);
}
