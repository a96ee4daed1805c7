using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Makes the indexes, as often as wanted, and refuses a database that a newer version of the product has changed.</summary>
internal static class MongoSchema
{
    /// <summary>Version of the documents' layout that this code reads and writes.</summary>
    public const int Version = 1;

    /// <exception cref="StoreStartupException">The database belongs to a newer version.</exception>
    public static async Task EnsureAsync(MongoContext context, CancellationToken cancellationToken)
    {
        var schema = await context.Meta.Find(new BsonDocument("_id", "schema")).FirstOrDefaultAsync(cancellationToken);
        var found = schema?["version"].ToInt32() ?? Version;
        if (found > Version)
        {
            throw new StoreStartupException(
                $"The MongoDB database has schema version {found}, this program knows {Version}: run the newer version, or give it another database.");
        }

        await context.Meta.UpdateOneAsync(
            new BsonDocument("_id", "schema"),
            new BsonDocument("$set", new BsonDocument("version", Version)),
            new UpdateOptions { IsUpsert = true },
            cancellationToken);
        await CreatePendingIndexAsync(context, cancellationToken);
        var keys = Builders<BsonDocument>.IndexKeys;
        await context.Interactions.Indexes.CreateManyAsync(
            [
                new(keys.Ascending(InteractionDocument.UserId).Descending(InteractionDocument.OccurredAt).Descending(InteractionDocument.Id)),
                new(keys.Ascending(InteractionDocument.UserId).Ascending(InteractionDocument.CampaignId)),
                new(keys.Ascending(InteractionDocument.Type).Ascending(InteractionDocument.OccurredAt)),
                new(keys.Ascending(InteractionDocument.LeaseToken), new CreateIndexOptions { Sparse = true }),
            ],
            cancellationToken);
        await context.DeadLetters.Indexes.CreateManyAsync(
            [
                new(keys.Descending("failedAt").Descending("_id")),
                new(keys.Ascending("userId"), new CreateIndexOptions { Sparse = true }),
            ],
            cancellationToken);
    }

    /// <summary>Partial, so that it holds the queue and not the log; whole where the server has no partial indexes.</summary>
    private static async Task CreatePendingIndexAsync(MongoContext context, CancellationToken cancellationToken)
    {
        var keys = Builders<BsonDocument>.IndexKeys.Ascending(InteractionDocument.Pending).Ascending(InteractionDocument.AppendedAt);
        var partial = new CreateIndexOptions<BsonDocument>
        {
            PartialFilterExpression = new BsonDocument(InteractionDocument.Pending, true),
        };
        try
        {
            await context.Interactions.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(keys, partial), cancellationToken: cancellationToken);
        }
        catch (MongoCommandException exception) when (exception.CodeName is "NotImplemented" or "CommandNotSupported" or "BadValue")
        {
            await context.Interactions.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(keys), cancellationToken: cancellationToken);
        }
    }
}
