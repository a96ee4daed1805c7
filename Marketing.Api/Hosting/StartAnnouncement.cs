using Marketing.Recommender.Samples;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Marketing.Api.Hosting;

/// <summary>Says, once the API serves, where it is and what to try first.</summary>
internal sealed class StartAnnouncement(IServer server, ILogger<StartAnnouncement> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
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
            Log.TryThis(logger, address, SampleWorld.SampleUser.Value);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
