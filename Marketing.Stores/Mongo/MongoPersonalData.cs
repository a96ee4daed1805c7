using Marketing.Domain;
using Marketing.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Erasure and redaction in MongoDB. There are no transactions, so what must not be lost is written first.</summary>
internal sealed class MongoPersonalData(MongoContext context, MongoErasureMemory memory, TimeProvider time) : IPersonalData
{
    private const int PageSize = 1_000;

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    /// <summary>Records the erasure before it deletes, so that a crash in between leaves an erasure to finish.</summary>
    public Task<long> EraseAsync(UserId userId, CancellationToken cancellationToken) =>
        EraseAsync(userId, time.GetUtcNow(), cancellationToken);

    /// <summary>Erases a user who may have been erased elsewhere before.</summary>
    public async Task<long> EraseAsync(UserId userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await MongoUpsert.RunAsync(() => context.Erasures.ReplaceOneAsync(
            Where.Eq("_id", userId.Value),
            new BsonDocument { ["_id"] = userId.Value, ["erasedAt"] = now.UtcDateTime },
            new ReplaceOptions { IsUpsert = true },
            cancellationToken));
        await memory.RememberAsync(userId, now, cancellationToken);
        return await DeleteAsync(userId, now, static interactions => Task.FromResult(interactions), cancellationToken);
    }

    /// <summary>
    /// Deletes what a concurrent append or a failure has left. An append that checked before the erasure was recorded may have written
    /// after it; its time or id shows that it predates the erasure.
    /// </summary>
    public async Task EraseLeftoversAsync(UnfinishedErasure erasure, CancellationToken cancellationToken)
    {
        await memory.RememberAsync(erasure.UserId, erasure.ErasedAt, cancellationToken);
        await DeleteAsync(
            erasure.UserId,
            erasure.ErasedAt,
            async interactions => [.. (await memory.FindErasedAsync(interactions, cancellationToken)).Select(i => interactions[i])],
            cancellationToken);
    }

    public Task<long> ForgetErasuresAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        memory.PurgeAsync(before, cancellationToken);

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

    /// <summary>Removes the text and makes the chat pending in one update, so that its vector always follows.</summary>
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

    /// <summary>Deletes the chosen interactions of a user page by page, and remembers each id before its interaction is gone.</summary>
    private async Task<long> DeleteAsync(
        UserId userId,
        DateTimeOffset erasedAt,
        Func<IReadOnlyList<Interaction>, Task<IReadOnlyList<Interaction>>> choose,
        CancellationToken cancellationToken)
    {
        long deleted = 0;
        var page = Where.Eq(InteractionDocument.UserId, userId.Value);
        while (true)
        {
            var documents = await context.Interactions.Find(page)
                .Sort(Builders<BsonDocument>.Sort.Ascending(InteractionDocument.Id)).Limit(PageSize).ToListAsync(cancellationToken);
            if (documents.Count == 0)
            {
                return deleted;
            }

            var chosen = await choose(documents.ConvertAll(InteractionDocument.ToInteraction));
            await memory.RememberAsync(userId, chosen, erasedAt, cancellationToken);
            deleted += (await context.Interactions.DeleteManyAsync(
                Where.In(InteractionDocument.Id, chosen.Select(static one => one.Id.Value)), cancellationToken)).DeletedCount;
            page = Where.Eq(InteractionDocument.UserId, userId.Value)
                & Where.Gt(InteractionDocument.Id, documents[^1][InteractionDocument.Id]);
        }
    }
}
