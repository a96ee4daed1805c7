using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Creates missing indexes and rejects a database that a newer version of the product has changed.</summary>
internal static class MongoSchema
{
    /// <summary>The version of the document layout that this code reads and writes.</summary>
    public const int Version = 1;

    private const string PendingIndex = "pending_oldest";

    /// <summary>Returns the log's identity, created if missing; embedded projections store it to detect another log at startup.</summary>
    public static async Task<string> IdentityAsync(MongoContext context, CancellationToken cancellationToken)
    {
        var log = new BsonDocument("_id", "log");
        await MongoUpsert.RunAsync(() => context.Meta.UpdateOneAsync(
            log,
            new BsonDocument("$setOnInsert", new BsonDocument("identity", Guid.NewGuid().ToString("N"))),
            new UpdateOptions { IsUpsert = true },
            cancellationToken));
        return (await context.Meta.Find(log).FirstAsync(cancellationToken))["identity"].AsString;
    }

    /// <exception cref="StoreStartupException">The database belongs to a newer version.</exception>
    public static async Task EnsureAsync(MongoContext context, CancellationToken cancellationToken)
    {
        var schema = await context.Meta.Find(new BsonDocument("_id", "schema")).FirstOrDefaultAsync(cancellationToken);
        var found = schema?["version"].ToInt32() ?? Version;
        if (found > Version)
        {
            throw new StoreStartupException(
                $"The MongoDB database has schema version {found}, but this program supports {Version}: run the newer version, or use another database.");
        }

        await MongoUpsert.RunAsync(() => context.Meta.UpdateOneAsync(
            new BsonDocument("_id", "schema"),
            new BsonDocument("$set", new BsonDocument("version", Version)),
            new UpdateOptions { IsUpsert = true },
            cancellationToken));
        var keys = Builders<BsonDocument>.IndexKeys;
        var interactions = await NamesAsync(context.Interactions, cancellationToken);
        if (!interactions.Contains(PendingIndex))
        {
            await CreatePendingIndexAsync(context, cancellationToken);
        }

        await CreateAsync(
            context.Interactions,
            interactions,
            [
                Named("user_newest", keys.Ascending(InteractionDocument.UserId).Descending(InteractionDocument.OccurredAt).Descending(InteractionDocument.Id)),
                Named("user_campaign", keys.Ascending(InteractionDocument.UserId).Ascending(InteractionDocument.CampaignId)),
                Named("type_oldest", keys.Ascending(InteractionDocument.Type).Ascending(InteractionDocument.OccurredAt)),
                Named("lease", keys.Ascending(InteractionDocument.LeaseToken), sparse: true),
            ],
            cancellationToken);
        await CreateAsync(
            context.DeadLetters,
            await NamesAsync(context.DeadLetters, cancellationToken),
            [
                Named("newest", keys.Descending("failedAt").Descending("_id")),
                Named("user", keys.Ascending("userId"), sparse: true),
            ],
            cancellationToken);
        await CreateAsync(
            context.Audit,
            await NamesAsync(context.Audit, cancellationToken),
            [Named("target", keys.Ascending(MongoAuditTrail.Target), sparse: true)],
            cancellationToken);
    }

    private static CreateIndexModel<BsonDocument> Named(string name, IndexKeysDefinition<BsonDocument> keys, bool sparse = false) =>
        new(keys, new CreateIndexOptions { Name = name, Sparse = sparse ? true : null });

    private static async Task<HashSet<string>> NamesAsync(IMongoCollection<BsonDocument> collection, CancellationToken cancellationToken)
    {
        using var cursor = await collection.Indexes.ListAsync(cancellationToken);
        return [.. (await cursor.ToListAsync(cancellationToken)).Select(index => index["name"].AsString)];
    }

    /// <summary>Creates only missing indexes: MongoDB ignores an existing one, but some servers with its protocol fail.</summary>
    private static async Task CreateAsync(
        IMongoCollection<BsonDocument> collection,
        HashSet<string> existing,
        IEnumerable<CreateIndexModel<BsonDocument>> wanted,
        CancellationToken cancellationToken)
    {
        var missing = wanted.Where(index => !existing.Contains(index.Options.Name)).ToList();
        if (missing.Count > 0)
        {
            await collection.Indexes.CreateManyAsync(missing, cancellationToken);
        }
    }

    /// <summary>Creates a partial index that holds only the queue, or a full one where partial indexes are not supported.</summary>
    private static async Task CreatePendingIndexAsync(MongoContext context, CancellationToken cancellationToken)
    {
        var keys = Builders<BsonDocument>.IndexKeys.Ascending(InteractionDocument.Pending).Ascending(InteractionDocument.AppendedAt);
        var partial = new CreateIndexOptions<BsonDocument>
        {
            Name = PendingIndex,
            PartialFilterExpression = new BsonDocument(InteractionDocument.Pending, true),
        };
        try
        {
            await context.Interactions.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(keys, partial), cancellationToken: cancellationToken);
        }
        catch (MongoCommandException exception) when (exception.CodeName is "NotImplemented" or "CommandNotSupported" or "BadValue")
        {
            await context.Interactions.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(keys, new CreateIndexOptions { Name = PendingIndex }), cancellationToken: cancellationToken);
        }
    }
}
