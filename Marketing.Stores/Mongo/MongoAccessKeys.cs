using Marketing.Domain;
using Marketing.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>API keys in MongoDB, one document each, and a version counter that tells every process of a change.</summary>
internal sealed class MongoAccessKeys(MongoContext context) : IAccessKeys
{
    private static readonly BsonDocument KeysVersion = new("_id", "accessKeys");

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    public async Task AddAsync(AccessKey key, CancellationToken cancellationToken)
    {
        await context.AccessKeys.InsertOneAsync(From(key), cancellationToken: cancellationToken);
        await BumpAsync(cancellationToken);
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var removed = await context.AccessKeys.DeleteOneAsync(Where.Eq("_id", id), cancellationToken);

        // Also for an unknown id: an earlier attempt may have removed the key and then lost the server.
        await BumpAsync(cancellationToken);
        return removed.DeletedCount > 0;
    }

    public async Task<IReadOnlyList<AccessKey>> AllAsync(CancellationToken cancellationToken)
    {
        var documents = await context.AccessKeys.Find(Where.Empty)
            .Sort(Builders<BsonDocument>.Sort.Descending("_id")).ToListAsync(cancellationToken);
        return documents.ConvertAll(ToKey);
    }

    public async Task<long> VersionAsync(CancellationToken cancellationToken) =>
        (await context.Meta.Find(KeysVersion).FirstOrDefaultAsync(cancellationToken))?["version"].ToInt64() ?? 0;

    public Task NoteUsesAsync(IReadOnlyDictionary<string, DateTimeOffset> uses, CancellationToken cancellationToken) =>
        uses.Count == 0 ? Task.CompletedTask : context.AccessKeys.BulkWriteAsync(
            uses.Select(use => new UpdateOneModel<BsonDocument>(
                Where.Eq("_id", use.Key), Builders<BsonDocument>.Update.Max("lastUsedAt", new BsonDateTime(use.Value.ToUnixTimeMilliseconds())))),
            new BulkWriteOptions { IsOrdered = false },
            cancellationToken);

    private static BsonDocument From(AccessKey key)
    {
        var document = new BsonDocument
        {
            ["_id"] = key.Id,
            ["name"] = key.Name,
            ["scopes"] = new BsonArray(ScopeNames.Of(key.Scopes)),
            ["hash"] = new BsonBinaryData(key.Hash.ToArray()),
            ["createdAt"] = Time(key.CreatedAt),
        };
        document.Add("expiresAt", () => Time(key.ExpiresAt!.Value), key.ExpiresAt is not null);
        document.Add("lastUsedAt", () => Time(key.LastUsedAt!.Value), key.LastUsedAt is not null);
        return document;
    }

    private static AccessKey ToKey(BsonDocument document) => new(
        document["_id"].AsString,
        document["name"].AsString,
        document["scopes"].AsBsonArray.Aggregate(Scopes.None, static (scopes, name) => scopes | ScopeNames.Find(name.AsString)),
        new KeyHash(document["hash"].AsByteArray),
        InteractionDocument.Time(document, "createdAt"),
        document.Contains("expiresAt") ? InteractionDocument.Time(document, "expiresAt") : null,
        document.Contains("lastUsedAt") ? InteractionDocument.Time(document, "lastUsedAt") : null);

    private static BsonDateTime Time(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    private Task<UpdateResult> BumpAsync(CancellationToken cancellationToken) => MongoUpsert.RunAsync(() => context.Meta.UpdateOneAsync(
        KeysVersion, Builders<BsonDocument>.Update.Inc("version", 1L), new UpdateOptions { IsUpsert = true }, cancellationToken));
}
