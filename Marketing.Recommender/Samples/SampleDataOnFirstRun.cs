using Marketing.Recommender.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Samples;

/// <summary>Loads the sample world before the host serves, when there is nothing else to serve.</summary>
internal sealed class SampleDataOnFirstRun(
    IInteractionLog log, SampleWorldLoader loader, IOptions<SampleDataOptions> options, IConfiguration configuration, ILogger<SampleDataOnFirstRun> logger)
    : IHostedService
{
    private const string ServerLog = "mongodb";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var wanted = options.Value.LoadOnFirstRun ?? string.IsNullOrWhiteSpace(configuration.GetConnectionString(ServerLog));
        if (!wanted || (await log.StatisticsAsync(cancellationToken)).Total > 0)
        {
            return;
        }

        var report = await loader.LoadAsync(cancellationToken);
        Log.SampleWorldLoaded(logger, report.Campaigns, report.Interactions);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
