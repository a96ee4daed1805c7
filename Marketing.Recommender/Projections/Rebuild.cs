using Marketing.Recommender.Ports;

namespace Marketing.Recommender.Projections;

/// <summary>
/// Applies the whole log to a projection that is being read and written. Nothing is emptied first: an entry is either
/// right already or becomes right, so that a reader never finds a hole, and a rebuild that dies has done no harm.
/// </summary>
internal static class Rebuild
{
    private const int BatchSize = 1_000;

    public static async Task<RebuildReport> RunAsync(
        IProjection projection, IInteractionLog log, Func<CancellationToken, Task<long>> sweepAsync, TimeProvider time,
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
        return new RebuildReport(projection.Name, read - failed, failed, swept, time.GetElapsedTime(started));
    }
}
