using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Maintenance;

/// <summary>Compares every projection with the log and reports differences; repair is left to an operator.</summary>
internal sealed class ConsistencyJob(ProjectionService projections, ILogger<ConsistencyJob> logger) : IMaintenanceJob
{
    public string Name => "consistency";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var reports = await projections.CheckAsync(repair: false, cancellationToken);
        var differing = reports.Where(report => !report.Consistent).ToList();
        foreach (var report in differing)
        {
            Log.Inconsistent(
                logger, report.Projection, report.Missing, report.Orphaned, report.Different, report.Derived, report.Expected,
                string.Join(", ", report.Samples));
        }

        return differing.Count == 0
            ? $"All {reports.Count} projections agree with the log."
            : $"Projections that differ from the log: {string.Join(", ", differing.Select(Describe))}.";
    }

    private static string Describe(ConsistencyReport report)
    {
        (long Count, string Kind)[] kinds =
        [
            (report.Missing, "missing"), (report.Orphaned, "orphaned"), (report.Different, "different"), (report.Derived, "derived"),
        ];
        var found = kinds.Where(kind => kind.Count > 0).Select(kind => $"{kind.Count} {kind.Kind}");
        return $"{report.Projection} ({string.Join(", ", found)})";
    }
}
