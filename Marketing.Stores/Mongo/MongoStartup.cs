using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Checks server, credentials and schema version and creates the indexes before anything else starts.</summary>
internal sealed class MongoStartup(MongoContext context, IMongoClient client, LogPosition position)
    : ServerStartup("MongoDB", string.Join(", ", client.Settings.Servers), MongoRegistration.ConnectionName)
{
    protected override Task ReachAsync(CancellationToken cancellationToken) =>
        context.Meta.Find(new BsonDocument("_id", "schema")).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Retries once after a broken connection, because a server that has just started may drop one.</summary>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MongoSchema.EnsureAsync(context, cancellationToken);
        }
        catch (MongoConnectionException exception) when (exception is not MongoAuthenticationException)
        {
            await MongoSchema.EnsureAsync(context, cancellationToken);
        }

        // Documents have no sequence numbers: the log has an identity but no last number.
        position.Opened(await MongoSchema.IdentityAsync(context, cancellationToken), lastSequence: null);
    }

    protected override bool IsRefusal(Exception exception) =>
        exception is MongoAuthenticationException or MongoCommandException { CodeName: "Unauthorized" or "AuthenticationFailed" };

    protected override bool IsAbsence(Exception exception) => exception is MongoConnectionException;
}
