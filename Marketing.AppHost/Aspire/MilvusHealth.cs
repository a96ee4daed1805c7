#if HAS_ASPIRE_HOSTING_MILVUS
using Aspire.Hosting.Milvus;

namespace Marketing.AppHost;

/// <summary>Adds the health check that Aspire's Milvus integration lacks.</summary>
internal static class MilvusHealth
{
    private const string Management = "management";

    /// <summary>
    /// Requests <c>/healthz</c> on the management port of Milvus, which answers 200 once every role of the standalone server is up.
    /// </summary>
    public static IResourceBuilder<MilvusServerResource> WithHealthCheck(this IResourceBuilder<MilvusServerResource> milvus) => milvus
        .WithHttpEndpoint(targetPort: 9091, name: Management)
        .WithHttpHealthCheck("/healthz", endpointName: Management);
}
#endif
