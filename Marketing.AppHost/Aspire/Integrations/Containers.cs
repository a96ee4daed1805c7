namespace Marketing.AppHost;

/// <summary>Those that Aspire's own integrations describe.</summary>
internal static partial class Containers
{
    public static IResourceBuilder<IResourceWithConnectionString> MongoDB(IDistributedApplicationBuilder builder, string name) =>
        builder.AddMongoDB("mongo").WithDataVolume("marketing-mongodb").AddDatabase(name, "marketing");

    public static IResourceBuilder<IResourceWithConnectionString> Milvus(IDistributedApplicationBuilder builder, string name) =>
        builder.AddMilvus(name).WithDataVolume("marketing-milvus").WithHealthCheck();

    public static IResourceBuilder<IResourceWithConnectionString> Kafka(IDistributedApplicationBuilder builder, string name) =>
        builder.AddKafka(name).WithDataVolume("marketing-kafka");
}
