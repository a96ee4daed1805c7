using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Writes to the log's database with an append's write concern, for health checks; the server reports damage itself.</summary>
internal sealed class MongoProbe(MongoContext context, TimeProvider time) : ILogProbe
{
    public string? Damage => null;

    public Task ProbeWriteAsync(CancellationToken cancellationToken) => MongoUpsert.RunAsync(() => context.Meta.UpdateOneAsync(
        new BsonDocument("_id", "probe"),
        new BsonDocument("$set", new BsonDocument("at", time.GetUtcNow().UtcDateTime)),
        new UpdateOptions { IsUpsert = true },
        cancellationToken));

    public bool Check(CancellationToken cancellationToken) => true;
}
