using System.Globalization;
using Marketing.Recommender.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Stores.Health;

/// <summary>How far the projections are behind the log; degraded when the oldest pending interaction has waited too long.</summary>
internal sealed class QueueHealthCheck(IInteractionQueue queue, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var backlog = await queue.BacklogAsync(cancellationToken);
        if (backlog.OldestAppendedAt is not { } oldest)
        {
            return HealthCheckResult.Healthy("nothing pending");
        }

        var age = time.GetUtcNow() - oldest;
        var description = string.Create(CultureInfo.InvariantCulture,
            $"{backlog.Pending} pending, the oldest for {Math.Max(0, age.TotalSeconds):0.0} s");
        return age > TooLong ? HealthCheckResult.Degraded(description) : HealthCheckResult.Healthy(description);
    }
}
