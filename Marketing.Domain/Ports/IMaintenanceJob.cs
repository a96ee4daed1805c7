namespace Marketing.Domain.Ports;

/// <summary>One periodic job; safe to repeat, and to interrupt and restart.</summary>
public interface IMaintenanceJob
{
    /// <summary>The job's name in URLs and in the schedule.</summary>
    string Name { get; }

    /// <summary>Runs the job.</summary>
    /// <returns>One sentence that says what was done.</returns>
    Task<string> RunAsync(CancellationToken cancellationToken);
}
