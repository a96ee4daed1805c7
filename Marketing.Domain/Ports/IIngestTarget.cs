namespace Marketing.Domain.Ports;

/// <summary>Where valid interactions from the API go: directly into the log, or into a buffer in front of it.</summary>
public interface IIngestTarget
{
    /// <summary>The name operators know the target by; it is written to start a sentence.</summary>
    string Name { get; }

    /// <summary>If false, duplicates and conflicts are detected later, at the log, and are reported as accepted here.</summary>
    bool KnowsDuplicates { get; }

    /// <summary>Accepts a batch; on return, accepted interactions are durable and will reach the log and the projections.</summary>
    /// <returns>One outcome per interaction, in order; all accepted if <see cref="KnowsDuplicates"/> is false.</returns>
    /// <exception cref="IngestUnavailableException">It cannot be written now; some interactions may have become durable.</exception>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>Adds rejected interactions to the metrics.</summary>
    void CountRejected(long count);
}

/// <summary>The outcome of appending one interaction.</summary>
public enum AppendOutcome
{
    /// <summary>New, and durable in the log.</summary>
    Accepted,

    /// <summary>Already in the log with the same id and content; nothing changed.</summary>
    Duplicate,

    /// <summary>Rejected: another interaction with different content has this id, and stays unchanged.</summary>
    Conflict,

    /// <summary>Rejected: it predates the erasure of its user.</summary>
    Erased,
}
