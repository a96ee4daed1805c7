using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>
/// The queue within the log's documents. A claim takes three calls for any batch size: find candidates, mark those still free with the
/// claim's own token, and read the marked ones. Each mark is atomic on its document, so no two claims share one. When the connection
/// breaks after the mark, the next claim takes over the marked documents, so that they do not wait for the lease to expire.
/// </summary>
internal sealed class MongoInteractionQueue(MongoContext context, TimeProvider time, SteadyClock clock) : IInteractionQueue
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    private static readonly UpdateDefinitionBuilder<BsonDocument> Set = Builders<BsonDocument>.Update;

    private static readonly SortDefinition<BsonDocument> OldestFirst =
        Builders<BsonDocument>.Sort.Ascending(InteractionDocument.AppendedAt);

    /// <summary>The longest back-off delay after a broken connection.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>The tokens of claims that may have marked documents but could not read them.</summary>
    private readonly ConcurrentQueue<string> _unread = new();

    private static FilterDefinition<BsonDocument> Leased =>
        Where.Eq(InteractionDocument.Pending, true) & Where.Exists(InteractionDocument.LeaseToken);

    /// <summary>The update that makes an interaction pending as if it were new, without any lease.</summary>
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
        while (_unread.TryDequeue(out var lost))
        {
            if (await TakeAsync(lost, Bearing(lost), lease, cancellationToken) is { Count: > 0 } found)
            {
                return found;
            }
        }

        while (true)
        {
            var now = clock.GetUtcNow();

            // A lease that ends later than one granted now was set by a clock that ran ahead: nobody holds it.
            var free = Where.Eq(InteractionDocument.Pending, true)
                & (Where.Lte(InteractionDocument.LeaseUntil, now.UtcDateTime)
                    | (Where.Exists(InteractionDocument.LeaseToken) & Where.Gt(InteractionDocument.LeaseUntil, (now + lease).UtcDateTime)));
            var candidates = await context.Interactions.Find(free).Sort(OldestFirst).Limit(max)
                .Project(Builders<BsonDocument>.Projection.Include(InteractionDocument.Id)).ToListAsync(cancellationToken);
            if (candidates.Count == 0)
            {
                return [];
            }

            var token = Guid.NewGuid().ToString("N");
            var claimed = await TakeAsync(
                token, Where.In(InteractionDocument.Id, candidates.Select(candidate => candidate[InteractionDocument.Id])) & free, lease, cancellationToken);
            if (claimed.Count > 0)
            {
                return claimed;
            }

            // Other claims took all of the candidates; there may be more after them.
        }
    }

    public Task CompleteAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => PersistAsync(
        ids,
        Set.Set(InteractionDocument.Pending, false).Unset(InteractionDocument.LeaseToken).Unset(InteractionDocument.Trace),
        cancellationToken);

    public Task ReleaseAsync(IReadOnlyList<EventId> ids, TimeSpan delay, CancellationToken cancellationToken) => PersistAsync(
        ids,
        Set.Set(InteractionDocument.LeaseUntil, (clock.GetUtcNow() + delay).UtcDateTime).Unset(InteractionDocument.LeaseToken),
        cancellationToken);

    public Task RequeueAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => UpdateAsync(
        ids, Where.Empty, Renewed(time.GetUtcNow()), cancellationToken);

    public async Task<IReadOnlyList<EventId>> PendingAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken)
    {
        var pending = await context.Interactions
            .Find(Where.In(InteractionDocument.Id, ids.Select(id => id.Value)) & Where.Eq(InteractionDocument.Pending, true))
            .Project(Builders<BsonDocument>.Projection.Include(InteractionDocument.Id)).ToListAsync(cancellationToken);
        return pending.ConvertAll(document => new EventId(document[InteractionDocument.Id].AsString));
    }

    public async Task<QueueBacklog> BacklogAsync(CancellationToken cancellationToken)
    {
        var pending = Where.Eq(InteractionDocument.Pending, true);
        var count = await context.Interactions.CountDocumentsAsync(pending, cancellationToken: cancellationToken);
        var oldest = await context.Interactions.Find(pending).Sort(OldestFirst)
            .Project(Builders<BsonDocument>.Projection.Include(InteractionDocument.AppendedAt)).FirstOrDefaultAsync(cancellationToken);
        return new(count, oldest is null ? null : InteractionDocument.Time(oldest, InteractionDocument.AppendedAt));
    }

    /// <summary>Marks documents with a claim's token and reads the marked ones.</summary>
    private async Task<IReadOnlyList<PendingInteraction>> TakeAsync(
        string token, FilterDefinition<BsonDocument> which, TimeSpan lease, CancellationToken cancellationToken)
    {
        try
        {
            await context.Interactions.UpdateManyAsync(
                which,
                Set.Set(InteractionDocument.LeaseUntil, (clock.GetUtcNow() + lease).UtcDateTime).Set(InteractionDocument.LeaseToken, token)
                    .Inc(InteractionDocument.Attempts, 1),
                cancellationToken: cancellationToken);
            var claimed = await context.Interactions.Find(Bearing(token)).Sort(OldestFirst).ToListAsync(cancellationToken);
            return claimed.ConvertAll(document => new PendingInteraction(
                InteractionDocument.ToInteraction(document), document[InteractionDocument.Attempts].ToInt32(), InteractionDocument.TraceOf(document)));
        }
        catch
        {
            // It is unknown whether anything was marked.
            _unread.Enqueue(token);
            throw;
        }
    }

    /// <summary>
    /// Changes leased interactions and retries while the connection is broken, until the caller cancels. The driver does not retry updates
    /// of many documents. This one is safe to repeat, and without it all would wait for the lease to expire.
    /// </summary>
    private async Task PersistAsync(IReadOnlyList<EventId> ids, UpdateDefinition<BsonDocument> update, CancellationToken cancellationToken)
    {
        for (var wait = LongestWait / 8; ; wait = wait < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await UpdateAsync(ids, Leased, update, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is MongoConnectionException or TimeoutException or MongoNotPrimaryException or MongoNodeIsRecoveringException)
            {
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private static FilterDefinition<BsonDocument> Bearing(string token) =>
        Where.Eq(InteractionDocument.LeaseToken, token) & Where.Eq(InteractionDocument.Pending, true);

    private Task UpdateAsync(
        IReadOnlyList<EventId> ids,
        FilterDefinition<BsonDocument> state,
        UpdateDefinition<BsonDocument> update,
        CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : context.Interactions.UpdateManyAsync(
            Where.In(InteractionDocument.Id, ids.Select(id => id.Value)) & state, update, cancellationToken: cancellationToken);
}
