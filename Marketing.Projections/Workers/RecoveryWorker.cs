using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Projections.Workers;

/// <summary>
/// Rebuilds lost projections one at a time, while the system answers without them. After each rebuild every cached answer is dropped,
/// because it may have been computed without the projection.
/// </summary>
internal sealed class RecoveryWorker(
    LostProjections lost,
    IEnumerable<IProjection> projections,
    IInteractionLog log,
    IInteractionQueue queue,
    IAnswerInvalidation answers,
    TimeProvider time,
    IOptions<ProjectorOptions> options,
    ILogger<RecoveryWorker> logger,
    IModelRefresher? models = null) : BackgroundService
{
    private readonly IProjection[] _projections = [.. projections];

    /// <summary>Rebuilds the projections that are lost now.</summary>
    /// <returns>Whether every projection is complete.</returns>
    public async Task<bool> RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var loss in lost.All)
        {
            if (Array.Find(_projections, one => one.Name == loss.Projection) is { } projection)
            {
                await RecoverAsync(projection, loss, cancellationToken);
            }
        }

        return lost.All.Count == 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RecoverAsync(stoppingToken))
                {
                    failures = 0;
                    await lost.WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                var delay = options.Value.DelayAfter(++failures);
                Log.RebuildFailed(logger, error.GetType().Name, delay);
                await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RecoverAsync(IProjection projection, LostProjection loss, CancellationToken cancellationToken)
    {
        if (!loss.WasEmptyAtStart || !await AllIsPendingAsync(cancellationToken))
        {
            Log.Rebuilding(logger, projection.Name, loss.Reason);
            var report = await projection.RebuildAsync(cancellationToken);
            Log.Rebuilt(logger, projection.Name, report.Applied, report.Duration);
        }

        if (!lost.IsCurrent(loss))
        {
            // The projection was lost again, and part of this rebuild went into a file that is gone.
            return;
        }

        await loss.RebuiltAsync(cancellationToken);
        if (models is not null)
        {
            await models.RefreshAsync(cancellationToken);
            await models.LearnAsync(cancellationToken);
        }

        if (lost.Rebuilt(loss))
        {
            await answers.InvalidateAllAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Reads the total first: interactions appended later are pending, and interactions completed later are in the new store.
    /// </summary>
    private async Task<bool> AllIsPendingAsync(CancellationToken cancellationToken)
    {
        var total = (await log.StatisticsAsync(cancellationToken)).Total;
        return (await queue.BacklogAsync(cancellationToken)).Pending >= total;
    }
}
