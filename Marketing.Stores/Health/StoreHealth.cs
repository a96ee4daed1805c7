using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Marketing.Stores.Health;

/// <summary>
/// Registers health checks that call every store through its port. Without the log nothing can be appended, so its failure is
/// unhealthy. Any other store only lowers the quality of answers, so its failure is degraded.
/// </summary>
public static class StoreHealth
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly UserId Nobody = new("health-check");

    /// <summary>
    /// Adds the checks <c>log</c>, <c>queue</c>, <c>vectors</c>, <c>graph</c>, <c>engagement</c> and <c>audit</c>, and <c>disk</c>, which
    /// only warns.
    /// </summary>
    public static IHostApplicationBuilder AddStoreHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddStore<ICatalog>("log", HealthStatus.Unhealthy, static (log, token) => log.VersionAsync(token))
            .AddStore<IVectorIndex>("vectors", HealthStatus.Degraded,
                static (vectors, token) => vectors.LatestAsync(Nobody, 1, token).AsTask())
            .AddStore<IInteractionGraph>("graph", HealthStatus.Degraded,
                static (graph, token) => graph.EdgesAsync([Nobody], 1, token).AsTask())
            .AddStore<IEngagementStore>("engagement", HealthStatus.Degraded,
                static (engagement, token) => engagement.CountsAsync(DateTimeOffset.MaxValue.AddDays(-1), token))
            .AddStore<IAuditTrail>(StoreOutcomes.Audit, HealthStatus.Degraded,
                static (trail, token) => trail.ListAsync(AuditFilter.All, null, 1, token))
            .AddCheck<QueueHealthCheck>("queue", HealthStatus.Unhealthy, [], Timeout)
            .AddCheck<DiskHealthCheck>("disk", HealthStatus.Degraded, [], Timeout);
        builder.Services.AddSingleton<QueueHealthCheck>();
        return builder;
    }

    private static IHealthChecksBuilder AddStore<TPort>(
        this IHealthChecksBuilder checks, string name, HealthStatus failure, Func<TPort, CancellationToken, Task> ask)
        where TPort : notnull =>
        checks.Add(new HealthCheckRegistration(
            name,
            services => new StoreHealthCheck<TPort>(
                name,
                services.GetRequiredService<TPort>(),
                ask,
                services.GetRequiredService<StoreOutcomes>(),
                services.GetRequiredService<LostProjections>(),
                name == StoreOutcomes.Log ? services.GetService<ILogProbe>() : null),
            failure,
            [],
            Timeout));
}
