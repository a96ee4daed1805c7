using Marketing.Projections;
using Marketing.Projections.Maintenance;
using Marketing.Stores.Kafka;
using Marketing.Stores.Quartz;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Marketing.Stores;

/// <summary>
/// Decides which process runs the projector, the Kafka consumer and the jobs. An embedded vector index or graph is in the memory of one
/// process, and without Redis no other process learns that a cached answer is stale, so the API then hosts everything. With servers for all
/// three, the worker does.
/// </summary>
public static class ProjectionHost
{
    /// <summary>The connection strings that must be set before a worker can project for the API.</summary>
    public static readonly IReadOnlyList<string> Shared = ["milvus", "neo4j", "redis"];

    /// <summary>The names in <see cref="Shared"/> that are not configured; empty when a worker can project for all.</summary>
    public static IReadOnlyList<string> MissingForWorker(IConfiguration configuration) =>
        [.. Shared.Where(name => string.IsNullOrWhiteSpace(configuration.GetConnectionString(name)))];

    /// <summary>Runs everything in this process; for the worker.</summary>
    public static IHostApplicationBuilder AddProjectionHost(this IHostApplicationBuilder builder) =>
        builder.AddProjector().AddJobSchedule().AddKafkaIngestion();

    /// <summary>Runs everything in the API unless a worker can; adds what operators call either way.</summary>
    public static IHostApplicationBuilder AddProjectionHostWithoutWorker(this IHostApplicationBuilder builder) =>
        MissingForWorker(builder.Configuration).Count > 0
            ? builder.AddProjectionHost()
            : builder.AddProjections().AddMaintenance();
}
