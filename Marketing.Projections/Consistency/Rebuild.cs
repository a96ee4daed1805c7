using Marketing.Domain.Ports;

namespace Marketing.Projections.Consistency;

/// <summary>
/// Fills a projection's store from the whole log, then sweeps what the log does not have: what was erased or changed meanwhile, or,
/// in a store that is filled in place, what was there before. A rebuild that dies has done no harm.
/// </summary>
internal static class Rebuild
{
    private const int BatchSize = 1_000;

    /// <param name="projection">Writes to the store that is filled.</param>
    /// <param name="log">What to fill it from.</param>
    /// <param name="sweepAsync">Sweeps the store that is filled.</param>
    /// <param name="orphansAsync">Counts what the store that is served has and the log has not; nothing of it is left afterward.</param>
    /// <param name="time">Measures.</param>
    /// <param name="cancellationToken">Gives the rebuild up.</param>
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
