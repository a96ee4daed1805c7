using System.Globalization;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Stores.Health;

/// <summary>
/// Reports how far the projections lag behind the log; degraded when the oldest pending interaction has waited too long. The append time is
/// from a clock that may be wrong, so the time that the check has observed counts as well.
/// </summary>
internal sealed class QueueHealthCheck(IInteractionQueue queue, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset? _oldest;
    private long _seenAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var backlog = await queue.BacklogAsync(cancellationToken);
        var seen = SeenFor(backlog.OldestAppendedAt);
        if (backlog.OldestAppendedAt is not { } oldest)
        {
            return HealthCheckResult.Healthy("nothing pending");
        }

        var byClock = time.GetUtcNow() - oldest;
        var age = byClock > seen ? byClock : seen;
        var description = string.Create(CultureInfo.InvariantCulture,
            $"{backlog.Pending} pending, the oldest for {(byClock < TimeSpan.Zero ? "at least " : "")}{age.TotalSeconds:0.0} s");
        return age > TooLong ? HealthCheckResult.Degraded(description) : HealthCheckResult.Healthy(description);
    }

    /// <summary>Returns for how long the checks have seen this oldest interaction.</summary>
    private TimeSpan SeenFor(DateTimeOffset? oldest)
    {
        lock (_lock)
        {
            if (oldest != _oldest)
            {
                _oldest = oldest;
                _seenAt = time.GetTimestamp();
            }

            return time.GetElapsedTime(_seenAt);
        }
    }
}
