namespace Marketing.AppHost;

/// <summary>
/// Compiled where the feed serves Aspire without its integrations of MongoDB, Milvus and Kafka: those three are then given
/// by connection string, or embedded.
/// </summary>
internal static partial class Containers
{
    public static IResourceBuilder<IResourceWithConnectionString>? MongoDB(IDistributedApplicationBuilder builder, string name) => null;

    public static IResourceBuilder<IResourceWithConnectionString>? Milvus(IDistributedApplicationBuilder builder, string name) => null;

    public static IResourceBuilder<IResourceWithConnectionString>? Kafka(IDistributedApplicationBuilder builder, string name) => null;
}
