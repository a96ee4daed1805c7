using Microsoft.Extensions.Diagnostics.HealthChecks;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>Healthy when Milvus reports itself healthy.</summary>
internal sealed class MilvusHealthCheck(MilvusClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await client.HealthAsync(cancellationToken);
        return health.IsHealthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(health.ErrorMsg);
    }
}
