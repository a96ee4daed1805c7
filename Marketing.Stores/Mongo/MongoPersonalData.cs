using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Erasure and redaction in MongoDB, without transactions: what must not be forgotten is written first.</summary>
internal sealed class MongoPersonalData(MongoContext context, TimeProvider time) : IPersonalData
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    /// <summary>The note comes before the deletion, so that a crash between the two leaves an erasure to be finished and never one forgotten.</summary>
    public async Task<long> EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        await MongoUpsert.RunAsync(() => context.Erasures.ReplaceOneAsync(
            Where.Eq("_id", userId.Value),
            new BsonDocument { ["_id"] = userId.Value, ["erasedAt"] = time.GetUtcNow().UtcDateTime },
            new ReplaceOptions { IsUpsert = true },
            cancellationToken));
        return (await context.Interactions.DeleteManyAsync(
            Where.Eq(InteractionDocument.UserId, userId.Value), cancellationToken)).DeletedCount;
    }

    public async Task<IReadOnlyList<UnfinishedErasure>> UnfinishedErasuresAsync(CancellationToken cancellationToken)
    {
        var documents = await context.Erasures.Find(Where.Empty)
            .Sort(Builders<BsonDocument>.Sort.Ascending("erasedAt").Ascending("_id")).ToListAsync(cancellationToken);
        return documents.ConvertAll(document =>
            new UnfinishedErasure(new UserId(document["_id"].AsString), InteractionDocument.Time(document, "erasedAt")));
    }

    public Task FinishErasureAsync(UnfinishedErasure erasure, CancellationToken cancellationToken) =>
        context.Erasures.DeleteOneAsync(
            Where.Eq("_id", erasure.UserId.Value) & Where.Eq("erasedAt", erasure.ErasedAt.UtcDateTime), cancellationToken);

    /// <summary>One update takes the text away and makes the chat pending, so that its vector is sure to follow.</summary>
    public async Task<IReadOnlyList<EventId>> RedactTextAsync(DateTimeOffset before, int max, CancellationToken cancellationToken)
    {
        var old = Where.Eq(InteractionDocument.Type, (int)InteractionType.Chat)
            & Where.Lt(InteractionDocument.OccurredAt, before.UtcDateTime) & Where.Exists(InteractionDocument.Text);
        var documents = await context.Interactions.Find(old)
            .Sort(Builders<BsonDocument>.Sort.Ascending(InteractionDocument.OccurredAt)).Limit(max)
            .Project(Builders<BsonDocument>.Projection.Include(InteractionDocument.Id)).ToListAsync(cancellationToken);
        var ids = documents.ConvertAll(document => document[InteractionDocument.Id].AsString);
        if (ids.Count > 0)
        {
            await context.Interactions.UpdateManyAsync(
                Where.In(InteractionDocument.Id, ids),
                MongoInteractionQueue.Renewed(time.GetUtcNow()).Unset(InteractionDocument.Text),
                cancellationToken: cancellationToken);
        }

        return ids.ConvertAll(id => new EventId(id));
    }
}
