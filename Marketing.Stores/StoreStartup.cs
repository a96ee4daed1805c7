using Microsoft.Extensions.Hosting;

namespace Marketing.Stores;

/// <summary>What a server store does before any other service starts: see that the server is there and ready for us.</summary>
internal abstract class StoreStartup : IHostedLifecycleService
{
    /// <exception cref="StoreStartupException">The server cannot be used as it is configured.</exception>
    public abstract Task StartingAsync(CancellationToken cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
