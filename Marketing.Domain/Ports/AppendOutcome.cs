namespace Marketing.Domain.Ports;

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
