namespace Marketing.Tests.Faults;

/// <summary>What happens to a server, or to the line to it.</summary>
public enum FaultKind
{
    /// <summary>Nothing: what the same load sees on a good day.</summary>
    None,

    /// <summary>Killed (SIGKILL), and started again after a while.</summary>
    Killed,

    /// <summary>Stands still (SIGSTOP) with its connections open, and goes on after a while.</summary>
    Paused,

    /// <summary>Each answer comes a second late.</summary>
    Slowed,

    /// <summary>Connections end and new ones are refused.</summary>
    Cut,

    /// <summary>Connections stay, and nothing arrives on them in either direction.</summary>
    Silent,

    /// <summary>Each connection is reset as soon as something is to be sent.</summary>
    Reset,

    /// <summary>A kilobyte a second.</summary>
    Narrow,
}
