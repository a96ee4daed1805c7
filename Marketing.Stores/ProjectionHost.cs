using Marketing.Projections;
using Marketing.Projections.Maintenance;
using Marketing.Stores.Kafka;
using Marketing.Stores.Quartz;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Marketing.Stores;

/// <summary>
/// Which process runs the projector, the Kafka consumer and the jobs. An embedded vector index or graph lives in the memory of one
/// process, and without Redis nobody hears that a cached answer is old: the API then hosts everything itself. With servers for all three the worker does.
/// </summary>
public static class ProjectionHost
{
    /// <summary>The connection strings without which the API must project for itself.</summary>
    public static readonly IReadOnlyList<string> Shared = ["milvus", "neo4j", "redis"];

    /// <summary>Those of <see cref="Shared"/> that are not configured; none: a worker can project for all.</summary>
    public static IReadOnlyList<string> MissingForWorker(IConfiguration configuration) =>
        [.. Shared.Where(name => string.IsNullOrWhiteSpace(configuration.GetConnectionString(name)))];

    /// <summary>For the worker: runs everything here.</summary>
    public static IHostApplicationBuilder AddProjectionHost(this IHostApplicationBuilder builder) =>
        builder.AddProjector().AddJobSchedule().AddKafkaIngestion();

    /// <summary>For the API: runs everything here unless a worker can; what operators call is there either way.</summary>
    public static IHostApplicationBuilder AddProjectionHostWithoutWorker(this IHostApplicationBuilder builder) =>
        MissingForWorker(builder.Configuration).Count > 0
            ? builder.AddProjectionHost()
            : builder.AddProjections().AddMaintenance();
}
