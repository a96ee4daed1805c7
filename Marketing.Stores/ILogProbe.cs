namespace Marketing.Stores;

/// <summary>The log's operations for health checks.</summary>
internal interface ILogProbe
{
    /// <summary>The known damage of the log; null when there is none.</summary>
    string? Damage { get; }

    /// <summary>Writes as durably as an append, without changing anything.</summary>
    Task ProbeWriteAsync(CancellationToken cancellationToken);

    /// <summary>Reads the whole log and reports damage in <see cref="Damage"/>.</summary>
    /// <returns>False when it had to yield and must be repeated.</returns>
    bool Check(CancellationToken cancellationToken);
}
