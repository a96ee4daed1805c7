using Marketing.Domain.Ports;
using Marketing.Projections.Workers;
using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Maintenance;

/// <summary>Finds jobs by name and runs each one at a time, because the schedule and an operator may request the same one.</summary>
internal sealed class MaintenanceJobs(IEnumerable<IMaintenanceJob> jobs, ILogger<MaintenanceJobs> logger)
    : IMaintenanceJobs, IDisposable
{
    private readonly Dictionary<string, (IMaintenanceJob Job, SemaphoreSlim Turn)> _jobs =
        jobs.ToDictionary(job => job.Name, job => (job, new SemaphoreSlim(1)), StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _jobs.Keys.Order(StringComparer.Ordinal)];

    public async Task<string> RunAsync(string name, CancellationToken cancellationToken)
    {
        if (!_jobs.TryGetValue(name, out var found))
        {
            throw new ArgumentException($"Unknown job '{name}'; it must be one of {string.Join(", ", Names)}.", nameof(name));
        }

        await found.Turn.WaitAsync(cancellationToken);
        try
        {
            using var activity = ProjectionDiagnostics.StartJob(name);
            var done = await found.Job.RunAsync(cancellationToken);
            Log.Done(logger, name, done);
            return done;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.Failed(logger, name, error.GetType().Name);
            throw;
        }
        finally
        {
            found.Turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var (_, turn) in _jobs.Values)
        {
            turn.Dispose();
        }
    }
}
