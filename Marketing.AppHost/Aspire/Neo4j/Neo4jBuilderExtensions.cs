using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Neo4j in an Aspire application, which Aspire has no integration for.</summary>
public static class Neo4jBuilderExtensions
{
    private const string Registry = "docker.io";
    private const string Image = "library/neo4j";
    private const string LongTermSupport = "5.26-community";

    /// <summary>Adds a Neo4j server with a generated password, healthy when it answers a query.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="password">The password of the user <c>neo4j</c>; generated when null.</param>
    /// <param name="port">The host's port for Bolt; any free one when null.</param>
    public static IResourceBuilder<Neo4jServerResource> AddNeo4j(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        // Without special characters: the password is part of a connection string and of NEO4J_AUTH.
        var secret = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var neo4j = new Neo4jServerResource(name, secret);

        var healthCheck = $"{name}_check";
        // Without logs: until the server listens, every attempt would be a stack trace in the terminal.
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
    /// <param name="name">The name of the volume; made of the application's and the resource's when null.</param>
    public static IResourceBuilder<Neo4jServerResource> WithDataVolume(this IResourceBuilder<Neo4jServerResource> neo4j, string? name = null) =>
        neo4j.WithVolume(name ?? VolumeNameGenerator.Generate(neo4j, "data"), "/data");
}
