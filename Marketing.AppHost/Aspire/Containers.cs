namespace Marketing.AppHost;

/// <summary>The containers that stores run in: each with its data in a named volume and a health check.</summary>
internal static partial class Containers
{
    public static IResourceBuilder<IResourceWithConnectionString> Neo4j(IDistributedApplicationBuilder builder, string name) =>
        builder.AddNeo4j(name).WithDataVolume("marketing-neo4j");

    public static IResourceBuilder<IResourceWithConnectionString> Redis(IDistributedApplicationBuilder builder, string name) =>
        builder.AddRedis(name).WithDataVolume("marketing-redis");
}
