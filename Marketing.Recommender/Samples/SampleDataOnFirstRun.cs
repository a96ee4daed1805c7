using Marketing.Recommender.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Samples;

/// <summary>Loads the sample world before the host serves, when there is nothing else to serve.</summary>
internal sealed class SampleDataOnFirstRun(
    IInteractionLog log, SampleWorldLoader loader, IOptions<SampleDataOptions> options, ILogger<SampleDataOnFirstRun> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.LoadOnFirstRun || (await log.StatisticsAsync(cancellationToken)).Total > 0)
        {
            return;
        }

        var report = await loader.LoadAsync(cancellationToken);
        Log.SampleWorldLoaded(logger, report.Campaigns, report.Interactions);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
