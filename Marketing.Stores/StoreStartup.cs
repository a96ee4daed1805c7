using Microsoft.Extensions.Hosting;

namespace Marketing.Stores;

/// <summary>Work that a store does before any other service starts.</summary>
internal abstract class StoreStartup : IHostedLifecycleService
{
    /// <exception cref="StoreStartupException">The store cannot be used as configured.</exception>
    public abstract Task StartingAsync(CancellationToken cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Thrown when a store cannot be used as configured; the host prints the one-sentence message and stops.</summary>
public class StoreStartupException(string sentence, Exception? cause = null) : Exception(sentence, cause);
