using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Neo4j, for which Aspire has no integration, to an Aspire application.</summary>
public static class Neo4jBuilderExtensions
{
    private const string Registry = "docker.io";
    private const string Image = "library/neo4j";
    private const string LongTermSupport = "5.26-community";

    /// <summary>Adds a Neo4j server that is healthy when it answers a query.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="password">The password of the user <c>neo4j</c>; generated when null.</param>
    /// <param name="port">The host port for Bolt; any free port when null.</param>
    public static IResourceBuilder<Neo4jServerResource> AddNeo4j(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        // No special characters, because the password is part of a connection string and of NEO4J_AUTH.
        var secret = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var neo4j = new Neo4jServerResource(name, secret);

        var healthCheck = $"{name}_check";
        // No logging: until the server listens, every attempt would print a stack trace.
        builder.Services.AddHttpClient(healthCheck).RemoveAllLoggers();
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            healthCheck, provider => new Neo4jHealthCheck(neo4j, () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(healthCheck)), failureStatus: null, tags: null));

        return builder.AddResource(neo4j)
            .WithImage(Image, LongTermSupport)
            .WithImageRegistry(Registry)
            .WithEndpoint(port: port, targetPort: 7687, name: Neo4jServerResource.BoltEndpointName)
            .WithHttpEndpoint(targetPort: 7474, name: Neo4jServerResource.HttpEndpointName)
            .WithEnvironment("NEO4J_AUTH", ReferenceExpression.Create($"{Neo4jServerResource.UserName}/{secret}"))
            .WithHealthCheck(healthCheck);
    }

    /// <summary>Keeps the database in a named volume, so that it outlives the container.</summary>
    /// <param name="neo4j">The server.</param>
    /// <param name="name">The name of the volume; generated from the names of the application and the resource when null.</param>
    public static IResourceBuilder<Neo4jServerResource> WithDataVolume(this IResourceBuilder<Neo4jServerResource> neo4j, string? name = null) =>
        neo4j.WithVolume(name ?? VolumeNameGenerator.Generate(neo4j, "data"), "/data");
}
