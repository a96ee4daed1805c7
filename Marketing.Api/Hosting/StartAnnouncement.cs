using Marketing.Domain.Ports;
using Marketing.Projections.Samples;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Marketing.Api.Hosting;

/// <summary>Logs the address of the API and a first request to try, once the API is listening.</summary>
internal sealed class StartAnnouncement(
    IServer server, IInteractionLog log, SampleProgress sample, ILogger<StartAnnouncement> logger) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
        {
            address = address.Replace("[::]", "localhost", StringComparison.Ordinal)
                .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
                .Replace("//+:", "//localhost:", StringComparison.Ordinal)
                .Replace("//*:", "//localhost:", StringComparison.Ordinal)
                .TrimEnd('/');
            Log.Serving(logger, address);
            Log.Reference(logger, address);
            await OfferAsync(address, cancellationToken);
        }
    }

    /// <summary>Suggests a request that works with the current data.</summary>
    /// <remarks>Does not report a failing log, because the health check does.</remarks>
    private async Task OfferAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            if ((await log.StatisticsAsync(cancellationToken)).Total == 0)
            {
                Log.NoData(logger, address);
            }
            else if ((await log.ReadUserAsync(SampleWorld.SampleUser, null, 1, cancellationToken)).Items.Count > 0)
            {
                Log.TryThis(logger, address, SampleWorld.SampleUser.Value);
            }
            else
            {
                Log.TryTrending(logger, address);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NothingToOffer(logger, error.GetType().Name);
        }

        if (sample.IsLoading)
        {
            Log.SampleIsLoading(logger, address);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
