using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Health;

/// <summary>
/// Checks every page of the embedded files once after startup, in the background. A damaged projection is replaced, as when a reader finds
/// the damage; a damaged log is reported by health checks and in the log output.
/// </summary>
internal sealed class FileCheck(
    IEnumerable<IProjectionFile> files,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<FileCheck> logger,
    ILogProbe? log = null) : BackgroundService
{
    /// <summary>The maximum number of attempts, because an erasure interrupts a check; after that the next startup checks.</summary>
    private const int Attempts = 20;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(options.Value.FileCheckDelay, time, stoppingToken);
            long started = time.GetTimestamp();
            foreach (var file in files)
            {
                await RepeatAsync(file.QuickCheck, stoppingToken);
            }

            if (log is not null)
            {
                await RepeatAsync(log.Check, stoppingToken);
                if (log.Damage is { } damage)
                {
                    Stores.Log.LogDamaged(logger, damage);
                }
            }

            Stores.Log.Checked(logger, files.Count() + (log is null ? 0 : 1), (long)time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception error)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                Stores.Log.NotChecked(logger, error.GetType().Name);
            }
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, bool> check, CancellationToken cancellationToken)
    {
        for (int attempt = 1; !await Task.Run(() => check(cancellationToken), cancellationToken) && attempt < Attempts; attempt++)
        {
            await Task.Delay(BetweenAttempts, time, cancellationToken);
        }
    }
}
