namespace Marketing.Stores;

/// <summary>What health asks of the log beyond reading it.</summary>
internal interface ILogProbe
{
    /// <summary>What is broken in the log, as far as is known; null: nothing.</summary>
    string? Damage { get; }

    /// <summary>Writes something, as durably as an append, that changes nothing.</summary>
    Task ProbeWriteAsync(CancellationToken cancellationToken);

    /// <summary>Reads the whole log; <see cref="Damage"/> tells from then on what was found.</summary>
    /// <returns>False when it had to give way and is to be asked again.</returns>
    bool Check(CancellationToken cancellationToken);
}
