using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>
/// The queue within the log's documents. A claim is three calls whatever the batch: find candidates, mark those that are
/// still free with a token of this claim's own, read what bears it. Each mark is atomic on its document, so two claimers never share one.
/// </summary>
internal sealed class MongoInteractionQueue(MongoContext context, TimeProvider time) : IInteractionQueue
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    private static readonly UpdateDefinitionBuilder<BsonDocument> Set = Builders<BsonDocument>.Update;

    private static readonly SortDefinition<BsonDocument> OldestFirst =
        Builders<BsonDocument>.Sort.Ascending(InteractionDocument.AppendedAt);

    private static FilterDefinition<BsonDocument> Leased =>
        Where.Eq(InteractionDocument.Pending, true) & Where.Exists(InteractionDocument.LeaseToken);

    /// <summary>The state of an interaction that is pending as if it were new; no lease on it holds any longer.</summary>
    internal static UpdateDefinition<BsonDocument> Renewed(DateTimeOffset now)
    {
        var renewed = Set.Set(InteractionDocument.Pending, true).Set(InteractionDocument.LeaseUntil, DateTime.UnixEpoch)
            .Set(InteractionDocument.AppendedAt, now.UtcDateTime).Set(InteractionDocument.Attempts, 0).Unset(InteractionDocument.LeaseToken);
        return TraceBytes.OfCaller() is { } trace
            ? renewed.Set(InteractionDocument.Trace, trace)
            : renewed.Unset(InteractionDocument.Trace);
    }

    public async Task<IReadOnlyList<PendingInteraction>> ClaimAsync(int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var free = Where.Eq(InteractionDocument.Pending, true) & Where.Lte(InteractionDocument.LeaseUntil, now.UtcDateTime);
            var candidates = await context.Interactions.Find(free).Sort(OldestFirst).Limit(max)
                .Project(Builders<BsonDocument>.Projection.Include(InteractionDocument.Id)).ToListAsync(cancellationToken);
            if (candidates.Count == 0)
            {
                return [];
            }

            var token = Guid.NewGuid().ToString("N");
            await context.Interactions.UpdateManyAsync(
                Where.In(InteractionDocument.Id, candidates.Select(candidate => candidate[InteractionDocument.Id])) & free,
                Set.Set(InteractionDocument.LeaseUntil, (now + lease).UtcDateTime).Set(InteractionDocument.LeaseToken, token)
                    .Inc(InteractionDocument.Attempts, 1),
                cancellationToken: cancellationToken);
            var claimed = await context.Interactions
                .Find(Where.Eq(InteractionDocument.LeaseToken, token) & Where.Eq(InteractionDocument.Pending, true))
                .Sort(OldestFirst).ToListAsync(cancellationToken);
            if (claimed.Count > 0)
            {
                return claimed.ConvertAll(document => new PendingInteraction(
                    InteractionDocument.ToInteraction(document), document[InteractionDocument.Attempts].ToInt32(), InteractionDocument.TraceOf(document)));
            }

            // Other claimers were quicker with all of them; there may be more behind.
        }
    }

    public Task CompleteAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => UpdateAsync(
        ids,
        Leased,
        Set.Set(InteractionDocument.Pending, false).Unset(InteractionDocument.LeaseToken).Unset(InteractionDocument.Trace),
        cancellationToken);

    public Task ReleaseAsync(IReadOnlyList<EventId> ids, TimeSpan delay, CancellationToken cancellationToken) => UpdateAsync(
        ids,
        Leased,
        Set.Set(InteractionDocument.LeaseUntil, (time.GetUtcNow() + delay).UtcDateTime).Unset(InteractionDocument.LeaseToken),
        cancellationToken);

    public Task RequeueAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => UpdateAsync(
        ids, Where.Empty, Renewed(time.GetUtcNow()), cancellationToken);

    public async Task<QueueBacklog> BacklogAsync(CancellationToken cancellationToken)
    {
        var pending = Where.Eq(InteractionDocument.Pending, true);
        var count = await context.Interactions.CountDocumentsAsync(pending, cancellationToken: cancellationToken);
        var oldest = await context.Interactions.Find(pending).Sort(OldestFirst)
            .Project(Builders<BsonDocument>.Projection.Include(InteractionDocument.AppendedAt)).FirstOrDefaultAsync(cancellationToken);
        return new(count, oldest is null ? null : InteractionDocument.Time(oldest, InteractionDocument.AppendedAt));
    }

    private Task UpdateAsync(
        IReadOnlyList<EventId> ids,
        FilterDefinition<BsonDocument> state,
        UpdateDefinition<BsonDocument> update,
        CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : context.Interactions.UpdateManyAsync(
            Where.In(InteractionDocument.Id, ids.Select(id => id.Value)) & state, update, cancellationToken: cancellationToken);
}
