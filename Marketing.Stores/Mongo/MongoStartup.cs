using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Before anything else starts: the server answers, the password is right, the schema is ours, the indexes are there.</summary>
internal sealed class MongoStartup(MongoContext context, IMongoClient client) : StoreStartup
{
    /// <summary>Shorter than the driver's own patience, which is meant for elections.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var address = string.Join(", ", client.Settings.Servers);
        try
        {
            await EnsureAsync(limit.Token);
        }
        catch (MongoAuthenticationException exception)
        {
            throw new StoreStartupException(
                $"MongoDB at {address} refuses the user or password of ConnectionStrings:{MongoRegistration.ConnectionName}.", exception);
        }
        catch (Exception exception) when (exception is TimeoutException or MongoConnectionException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StoreStartupException(
                $"No MongoDB answers at {address}, which ConnectionStrings:{MongoRegistration.ConnectionName} names.", exception);
        }
    }

    /// <summary>A connection that breaks once is tried again: a server that has just started may drop one.</summary>
    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MongoSchema.EnsureAsync(context, cancellationToken);
        }
        catch (MongoConnectionException exception) when (exception is not MongoAuthenticationException)
        {
            await MongoSchema.EnsureAsync(context, cancellationToken);
        }
    }
}
