namespace Marketing.Tests.Faults;

/// <summary>A fault of a server or of the connection to it.</summary>
public enum FaultKind
{
    /// <summary>No fault: the baseline under the same load.</summary>
    None,

    /// <summary>Killed (SIGKILL), then restarted.</summary>
    Killed,

    /// <summary>Paused (SIGSTOP) with its connections open, then resumed.</summary>
    Paused,

    /// <summary>Each response is delayed by one second.</summary>
    Slowed,

    /// <summary>Connections are closed and new ones are refused.</summary>
    Cut,

    /// <summary>Connections stay open, but nothing arrives in either direction.</summary>
    Silent,

    /// <summary>Each connection is reset when something is sent.</summary>
    Reset,

    /// <summary>Bandwidth is limited to one kilobyte per second.</summary>
    Narrow,
}
