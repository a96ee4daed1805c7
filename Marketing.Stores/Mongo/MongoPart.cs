using Marketing.Stores.Contents;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Reads a part from one collection, page by page in the order of <c>_id</c>.</summary>
internal sealed class MongoPart(string name, IMongoCollection<BsonDocument> collection, Func<BsonDocument, LogRecord> read) : ILogPart
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    public string Name => name;

    public async Task<RecordPage> ReadAsync(string? after, int max, CancellationToken cancellationToken)
    {
        var documents = await collection.Find(after is null ? Where.Empty : Where.Gt("_id", after))
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id")).Limit(max).ToListAsync(cancellationToken);
        return new RecordPage(documents.ConvertAll(document => read(document)), documents.Count < max ? null : documents[^1]["_id"].AsString);
    }
}
