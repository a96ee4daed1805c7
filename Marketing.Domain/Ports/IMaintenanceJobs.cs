namespace Marketing.Domain.Ports;

/// <summary>The periodic work, by name; run by the own schedule or by an orchestrator through the admin endpoints.</summary>
public interface IMaintenanceJobs
{
    /// <summary>The jobs' names.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Runs one job to its end.</summary>
    /// <returns>One sentence that says what was done.</returns>
    /// <exception cref="ArgumentException">There is no job of that name; the message says which there are.</exception>
    Task<string> RunAsync(string name, CancellationToken cancellationToken);
}
