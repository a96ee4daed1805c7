namespace Marketing.Domain.Ports;

/// <summary>What became of one interaction of an append.</summary>
public enum AppendOutcome
{
    /// <summary>New in the log, and durable.</summary>
    Accepted,

    /// <summary>In the log already, with this id and this content; nothing changed.</summary>
    Duplicate,

    /// <summary>Refused: its id belongs to an interaction with other content, which stays as it is.</summary>
    Conflict,

    /// <summary>Refused: it is from before its user was erased.</summary>
    Erased,
}
