using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Reads the keys before the API listens, and polls them from then on, so that a revocation counts everywhere within a second.</summary>
internal sealed class KeyRingService(
    StoredKeys keys, IOptions<AccessOptions> options, TimeProvider time, ILogger<KeyRingService> logger) : BackgroundService
{
    /// <summary>Half of the promised second, which leaves the other half to a slow store.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private bool _failing;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Anonymous)
        {
            Log.OpenToAll(logger);
        }

        await TryAsync(keys.RefreshAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(token => keys.NoteUsesAsync(TimeSpan.Zero, token), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(
                    async token =>
                    {
                        await keys.RefreshAsync(token);
                        await keys.NoteUsesAsync(BetweenNotes, token);
                    },
                    stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    /// <summary>Logs an outage once when it starts and once when it ends. The last known keys stay in use.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            await call(limit.Token);
            if (_failing)
            {
                _failing = false;
                Log.KeysReadAgain(logger);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                _failing = true;
                Log.KeysNotRead(logger, error.GetType().Name);
            }
        }
    }
}
