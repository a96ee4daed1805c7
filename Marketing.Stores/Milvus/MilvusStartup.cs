using Grpc.Core;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>Checks server and credentials, and creates or checks the collection and loads it, before anything else starts.</summary>
internal sealed class MilvusStartup(MilvusClient client, MilvusCollectionProvider collections, MilvusConnection connection)
    : ServerStartup("Milvus", connection.Endpoint.ToString(), MilvusRegistration.ConnectionName)
{
    protected override Task ReachAsync(CancellationToken cancellationToken) =>
        client.HasCollectionAsync(collections.Name, cancellationToken: cancellationToken);

    protected override Task PrepareAsync(CancellationToken cancellationToken) => collections.GetAsync(cancellationToken).AsTask();

    protected override bool IsRefusal(Exception exception) =>
        exception is RpcException { StatusCode: StatusCode.Unauthenticated or StatusCode.PermissionDenied };

    protected override bool IsAbsence(Exception exception) =>
        exception is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled };
}
