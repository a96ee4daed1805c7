#if !HAS_ASPIRE_MONGODB_DRIVER
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Bson;

namespace Marketing.Stores.Mongo;

/// <summary>Healthy when the database answers a ping.</summary>
internal sealed class MongoHealthCheck(MongoContext context) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext healthCheck, CancellationToken cancellationToken = default)
    {
        await context.Meta.Database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), cancellationToken: cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
#endif
