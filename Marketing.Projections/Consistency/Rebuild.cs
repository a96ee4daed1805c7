using Marketing.Domain.Ports;

namespace Marketing.Projections.Consistency;

/// <summary>
/// Fills a projection's store from the whole log, then removes entries that are not in the log: those erased or changed during
/// the rebuild and, in a store filled in place, old content. An interrupted rebuild does no harm.
/// </summary>
internal static class Rebuild
{
    private const int BatchSize = 1_000;

    /// <param name="projection">Writes to the store being filled.</param>
    /// <param name="log">The log to fill it from.</param>
    /// <param name="sweepAsync">Sweeps the store being filled.</param>
    /// <param name="orphansAsync">Counts entries in the serving store that are not in the log; none remain after the rebuild.</param>
    /// <param name="time">Measures the duration.</param>
    /// <param name="cancellationToken">Cancels the rebuild.</param>
    public static async Task<RebuildReport> RunAsync(
        IProjection projection,
        IInteractionLog log,
        Func<CancellationToken, Task<long>> sweepAsync,
        Func<CancellationToken, Task<long>> orphansAsync,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        long read = 0, failed = 0;
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            read += batch.Count;
            failed += await Isolation.ReapplyAsync(projection, batch, cancellationToken);
        }

        var swept = await sweepAsync(cancellationToken);
        swept += await orphansAsync(cancellationToken);
        return new RebuildReport(projection.Name, read - failed, failed, swept, time.GetElapsedTime(started));
    }
}

/// <summary>The result of a rebuild.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Applied">Interactions read from the log and applied.</param>
/// <param name="Failed">Interactions that could not be applied, even alone: poison.</param>
/// <param name="Swept">Entries removed because they are not in the log.</param>
/// <param name="Duration">How long the rebuild took.</param>
public sealed record RebuildReport(string Projection, long Applied, long Failed, long Swept, TimeSpan Duration);
