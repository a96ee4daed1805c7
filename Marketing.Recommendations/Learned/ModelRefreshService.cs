using Marketing.Recommendations.Learned.Engagement;
using Marketing.Recommendations.Learned.ItemItem;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned;

/// <summary>Refreshes the models in the background, so that no recommendation waits for it.</summary>
internal sealed class ModelRefreshService(
    ModelHolder models,
    IOptions<ModelOptions> options,
    IOptions<EngagementOptions> engagement,
    IOptions<ItemItemOptions> itemItem,
    TimeProvider time,
    ILogger<ModelRefreshService> logger) : BackgroundService
{
    private static readonly TimeSpan LearnRetryDelay = TimeSpan.FromMinutes(1);

    // Under heavy ingestion, learning takes at most about a tenth of the time.
    private const int LearnPause = 10;

    private readonly HashSet<string> _failing = [];
    private Task _learning = Task.CompletedTask;
    private DateTimeOffset _learntAt = DateTimeOffset.MinValue;
    private TimeSpan _learningTook;
    private long _learntFrom;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, time);
        try
        {
            do
            {
                await TryAsync("catalog", models.RefreshCatalogAsync);
                await TryAsync("embeddings", () => models.EmbedCatalogAsync(stoppingToken));
                if (EngagementIsDue())
                {
                    await TryAsync("engagement", models.RefreshEngagementAsync);
                }

                if (_learning.IsCompleted && LearningIsDue())
                {
                    _learning = Task.Run(() => LearnAsync(stoppingToken), stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }

        await _learning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LearnAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (!await TryAsync("item-item", () => models.LearnAsync(cancellationToken)))
        {
            _learntAt = time.GetUtcNow() - itemItem.Value.LearnInterval + LearnRetryDelay;
        }

        _learningTook = time.GetElapsedTime(started);
    }

    private bool EngagementIsDue() =>
        models.EngagementChanged
        || models.Current.EngagementPart is not { } part
        || time.GetUtcNow() - part.ReadAt >= engagement.Value.PollInterval;

    // On schedule, or early after strong growth, such as a sample world or an import.
    private bool LearningIsDue()
    {
        var interactions = models.Current.EngagementPart?.Campaigns.Values.Sum(campaign => campaign.Count.Total) ?? 0;
        var now = time.GetUtcNow();
        var age = now - _learntAt;
        var grown = interactions >= _learntFrom * (1 + options.Value.LearnGrowth) && age >= LearnPause * _learningTook;
        if (interactions == 0 || (age < itemItem.Value.LearnInterval && !grown))
        {
            return false;
        }

        _learntAt = now;
        _learntFrom = interactions;
        return true;
    }

    // Log an outage once when it starts and once when it ends, not every second.
    private async Task<bool> TryAsync(string part, Func<Task> refresh)
    {
        try
        {
            await refresh();
            if (Forget(part))
            {
                Log.RefreshRecovered(logger, part);
            }

            return true;
        }
        catch (Exception exception)
        {
            if (Remember(part))
            {
                Log.RefreshFailed(logger, exception, part);
            }

            return false;
        }
    }

    private bool Remember(string part)
    {
        lock (_failing)
        {
            return _failing.Add(part);
        }
    }

    private bool Forget(string part)
    {
        lock (_failing)
        {
            return _failing.Remove(part);
        }
    }
}
