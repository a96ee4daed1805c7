namespace Marketing.Domain.Ports;

/// <summary>The periodic jobs, by name; run by the built-in schedule or by an orchestrator through the admin endpoints.</summary>
public interface IMaintenanceJobs
{
    /// <summary>The jobs' names.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Runs one job to completion.</summary>
    /// <returns>One sentence that says what was done.</returns>
    /// <exception cref="ArgumentException">No job has this name; the message lists the names.</exception>
    Task<string> RunAsync(string name, CancellationToken cancellationToken);
}

/// <summary>One periodic job; safe to repeat, and to interrupt and restart.</summary>
public interface IMaintenanceJob
{
    /// <summary>The job's name in URLs and in the schedule.</summary>
    string Name { get; }

    /// <summary>Runs the job.</summary>
    /// <returns>One sentence that says what was done.</returns>
    Task<string> RunAsync(CancellationToken cancellationToken);
}
