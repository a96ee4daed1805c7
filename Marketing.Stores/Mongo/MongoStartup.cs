using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Before anything else starts: the server answers, the password is right, the schema is ours, the indexes are there.</summary>
internal sealed class MongoStartup(MongoContext context, IMongoClient client, LogPosition position)
    : ServerStartup("MongoDB", string.Join(", ", client.Settings.Servers), MongoRegistration.ConnectionName)
{
    protected override Task ReachAsync(CancellationToken cancellationToken) =>
        context.Meta.Find(new BsonDocument("_id", "schema")).FirstOrDefaultAsync(cancellationToken);

    /// <summary>A connection that breaks once is tried again: a server that has just started may drop one.</summary>
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

        // Documents have no numbers: which log it is can be told, and not how far it goes.
        position.Opened(await MongoSchema.IdentityAsync(context, cancellationToken), lastSequence: null);
    }

    protected override bool IsRefusal(Exception exception) =>
        exception is MongoAuthenticationException or MongoCommandException { CodeName: "Unauthorized" or "AuthenticationFailed" };

    protected override bool IsAbsence(Exception exception) => exception is MongoConnectionException;
}
