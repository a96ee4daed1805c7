using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Stores.Neo4j;

/// <summary>Healthy when the database answers a query.</summary>
internal sealed class Neo4jHealthCheck(Neo4jDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await database.ReadAsync("RETURN 1", [], cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
