using Marketing.Domain.Ports;
using Marketing.Projections.Users;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Projections.Workers;

/// <summary>Runs the projector for the lifetime of the host, with several batches in flight.</summary>
internal sealed class ProjectorWorker(
    Projector projector,
    LostVectors lostVectors,
    UserErasure erasure,
    IInteractionQueue queue,
    PendingSignal signal,
    ProjectionDiagnostics diagnostics,
    TimeProvider time,
    IOptions<ProjectorOptions> options,
    ILogger<ProjectorWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // All chats of a lost index are queued before any is claimed.
        await RepeatAsync(lostVectors.RequeueAsync, stoppingToken);

        // Erasures take a while on servers, so many of them must not hold up the projector.
        var loops = Enumerable.Range(0, options.Value.Concurrency).Select(_ => ProjectAsync(stoppingToken));
        await Task.WhenAll([.. loops, RepeatAsync(erasure.ResumeAsync, stoppingToken), KeepHouseAsync(stoppingToken)]);
    }

    /// <summary>Repeats a step of the start until it succeeds.</summary>
    private async Task RepeatAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        for (var attempt = 1; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await step(stoppingToken);
                return;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                await BackOffAsync(error, attempt, stoppingToken);
            }
        }
    }

    private async Task ProjectAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Do not cancel: a batch in progress is finished, and stopping only prevents the next claim.
                var claimed = await projector.RunOnceAsync(CancellationToken.None);
                failures = 0;
                if (claimed == 0)
                {
                    await signal.WaitAsync(options.Value.PollInterval, stoppingToken);
                }
                else if (claimed == options.Value.BatchSize)
                {
                    // There may be more, so wake the other loops.
                    signal.Notify();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                await BackOffAsync(error, ++failures, stoppingToken);
            }
        }
    }

    private async Task KeepHouseAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HousekeepingInterval, time);
        do
        {
            try
            {
                diagnostics.Observe(await queue.BacklogAsync(stoppingToken));
                var finished = await erasure.FinishAsync(2 * options.Value.Lease, stoppingToken);
                if (finished > 0)
                {
                    Log.ErasuresFinished(logger, finished);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.HousekeepingFailed(logger, error.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BackOffAsync(Exception error, int attempt, CancellationToken stoppingToken)
    {
        var delay = options.Value.DelayAfter(attempt);
        Log.Stalled(logger, error.GetType().Name, delay);
        await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
