using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Stores.Health;

/// <summary>Asks a store something cheap; an error is reported by the health service with the check's failure status.</summary>
internal sealed class StoreHealthCheck<TPort>(TPort store, Func<TPort, CancellationToken, Task> ask) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await ask(store, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
