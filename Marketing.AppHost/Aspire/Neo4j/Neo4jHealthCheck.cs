using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Reports healthy when the database answers a query with the configured password.</summary>
/// <remarks>Uses the Query API (https://neo4j.com/docs/query-api/current/), so that the AppHost needs no driver.</remarks>
internal sealed class Neo4jHealthCheck(Neo4jServerResource neo4j, Func<HttpClient> connect) : IHealthCheck
{
    private static readonly object Query = new { statement = "RETURN 1" };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!neo4j.HttpEndpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("The container has no address yet.");
        }

        try
        {
            var password = await neo4j.PasswordParameter.GetValueAsync(cancellationToken);
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Neo4jServerResource.UserName}:{password}"));
            using var client = connect();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
            using var answer = await client.PostAsJsonAsync(new Uri($"{neo4j.HttpEndpoint.Url}/db/neo4j/query/v2"), Query, cancellationToken);
            return answer.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"Neo4j responded with {(int)answer.StatusCode} {answer.ReasonPhrase}.");
        }
        catch (HttpRequestException failure)
        {
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}
