using Marketing.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Projections.Samples;

/// <summary>
/// Loads the sample world at startup if the stores are unused. The host counts as started only after the world is projected
/// (or after 30 seconds) and the models have learned from it, so that even the first answer is meaningful.
/// </summary>
internal sealed class SampleDataOnFirstRun(
    IInteractionLog log,
    IInteractionQueue queue,
    SampleWorldLoader loader,
    IModelRefresher models,
    ICatalog catalog,
    IVectorIndex vectors,
    IInteractionGraph graph,
    IEngagementStore engagement,
    LostProjections lost,
    SampleProgress progress,
    IOptions<SampleDataOptions> options,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<SampleDataOnFirstRun> logger) : IHostedLifecycleService
{
    private const string ServerLog = "mongodb";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private bool _loaded;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var wanted = options.Value.LoadOnFirstRun ?? string.IsNullOrWhiteSpace(configuration.GetConnectionString(ServerLog));
        if (!wanted || !await IsUnusedAsync(cancellationToken))
        {
            return;
        }

        progress.Begin();
        var report = await loader.LoadAsync(cancellationToken);
        _loaded = true;
        Log.SampleWorldLoaded(logger, report.Campaigns, report.Interactions);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!_loaded)
        {
            return;
        }

        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < Timeout
            && (await queue.BacklogAsync(cancellationToken)).Pending > 0)
        {
            await Task.Delay(PollInterval, time, cancellationToken);
        }

        await models.RefreshAsync(cancellationToken);
        await models.LearnAsync(cancellationToken);
        if ((await queue.BacklogAsync(cancellationToken)).Pending == 0)
        {
            progress.End();
        }
    }

    /// <summary>
    /// An empty log does not prove that the stores are unused: the log may have been lost or its users erased, and campaigns may be put
    /// before the first interaction. Sample campaigns alone are left over from an interrupted load.
    /// </summary>
    private async Task<bool> IsUnusedAsync(CancellationToken cancellationToken)
    {
        if (lost.HasHistory
            || (await log.StatisticsAsync(cancellationToken)).Total > 0
            || await graph.CountAsync(cancellationToken) > 0
            || await vectors.CountAsync(cancellationToken) > 0
            || await engagement.CountAsync(cancellationToken) > 0)
        {
            return false;
        }

        var known = await catalog.CampaignsAsync(cancellationToken);
        return known.Count == 0 || SampleWorld.HasAll(known);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
