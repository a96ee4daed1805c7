using Grpc.Core;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>Before anything else starts: the server answers, the password is right, the collection is there and loaded.</summary>
internal sealed class MilvusStartup(MilvusCollectionProvider collections, MilvusConnection connection) : StoreStartup
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await collections.GetAsync(cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            throw new StoreStartupException(
                $"Milvus at {connection.Endpoint} refuses the user or password of ConnectionStrings:{MilvusRegistration.ConnectionName}.", exception);
        }
        catch (Exception exception) when (exception is RpcException or MilvusException)
        {
            throw new StoreStartupException(
                $"Milvus at {connection.Endpoint}, which ConnectionStrings:{MilvusRegistration.ConnectionName} names, cannot be used: {exception.Message}", exception);
        }
    }
}
