namespace Marketing.Domain.Ports;

/// <summary>One piece of periodic work. Safe to repeat, and to be cut off and begun again.</summary>
public interface IMaintenanceJob
{
    /// <summary>Its name in addresses and in the schedule.</summary>
    string Name { get; }

    /// <summary>Does the work.</summary>
    /// <returns>One sentence that says what was done.</returns>
    Task<string> RunAsync(CancellationToken cancellationToken);
}
