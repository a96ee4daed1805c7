namespace Marketing.Stores;

/// <summary>What an acknowledged write survives; argued in docs/adr/0002-sqlite-durability.md.</summary>
public enum Durability
{
    /// <summary>Power loss and everything less: each commit is flushed to the disk (<c>synchronous=FULL</c>).</summary>
    PowerLoss,

    /// <summary>The end of the process, however it comes, but power loss may take the last commits (<c>synchronous=NORMAL</c>).</summary>
    ProcessCrash,
}
