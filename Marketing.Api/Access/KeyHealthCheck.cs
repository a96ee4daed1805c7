using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Api.Access;

/// <summary>Reports degraded while the keys cannot be read: known keys work, but a revocation made elsewhere does not arrive.</summary>
internal sealed class KeyHealthCheck(StoredKeys keys) : IHealthCheck
{
    private static readonly TimeSpan Tolerated = 10 * KeyRingService.Interval;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.Age <= Tolerated
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture,
                $"the keys were last read {keys.Age.TotalSeconds:0} s ago: known keys work, but revocations made elsewhere do not count here")));
}
