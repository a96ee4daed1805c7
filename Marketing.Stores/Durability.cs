namespace Marketing.Stores;

/// <summary>What an acknowledged write survives; docs/adr/0002-sqlite-durability.md gives the reasons.</summary>
public enum Durability
{
    /// <summary>Power loss: each commit is flushed to disk (<c>synchronous=FULL</c>).</summary>
    PowerLoss,

    /// <summary>Any end of the process; power loss may lose the last commits (<c>synchronous=NORMAL</c>).</summary>
    ProcessCrash,
}
