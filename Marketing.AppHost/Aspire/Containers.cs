namespace Marketing.AppHost;

/// <summary>The containers of the stores, each with a named data volume and a health check.</summary>
/// <remarks>Null when the package feed lacks the Aspire integration: the store then needs a connection string, or is embedded.</remarks>
internal static class Containers
{
    public static IResourceBuilder<IResourceWithConnectionString>? MongoDB(IDistributedApplicationBuilder builder, string name) =>
#if HAS_ASPIRE_HOSTING_MONGODB
        builder.AddMongoDB("mongo").WithDataVolume("marketing-mongodb").AddDatabase(name, "marketing");
#else
        null;
#endif

    public static IResourceBuilder<IResourceWithConnectionString> Neo4j(IDistributedApplicationBuilder builder, string name) =>
        builder.AddNeo4j(name).WithDataVolume("marketing-neo4j");

    public static IResourceBuilder<IResourceWithConnectionString>? Milvus(IDistributedApplicationBuilder builder, string name) =>
#if HAS_ASPIRE_HOSTING_MILVUS
        builder.AddMilvus(name).WithDataVolume("marketing-milvus").WithHealthCheck();
#else
        null;
#endif

    /// <summary>Disables TLS, like the other stores, so that startup does not depend on a trusted development certificate.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> Redis(IDistributedApplicationBuilder builder, string name) =>
#pragma warning disable ASPIRECERTIFICATES001 // for evaluation
        builder.AddRedis(name).WithDataVolume("marketing-redis").WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001

    public static IResourceBuilder<IResourceWithConnectionString>? Kafka(IDistributedApplicationBuilder builder, string name) =>
#if HAS_ASPIRE_HOSTING_KAFKA
        builder.AddKafka(name).WithDataVolume("marketing-kafka");
#else
        null;
#endif
}
