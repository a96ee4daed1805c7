using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>
/// The queue within the log's documents. A claim is three calls whatever the batch: find candidates, mark those that are
/// still free with a token of this claim's own, read what bears it. Each mark is atomic on its document, so two claimers never share one.
/// When the line breaks after the mark, the next claim takes up what bears it, so that nothing waits for its lease to run out.
/// </summary>
internal sealed class MongoInteractionQueue(MongoContext context, TimeProvider time, SteadyClock clock) : IInteractionQueue
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    private static readonly UpdateDefinitionBuilder<BsonDocument> Set = Builders<BsonDocument>.Update;

    private static readonly SortDefinition<BsonDocument> OldestFirst =
        Builders<BsonDocument>.Sort.Ascending(InteractionDocument.AppendedAt);

    /// <summary>Longest wait before what the line broke is tried again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Tokens of claims that may have marked something and could not read it.</summary>
    private readonly ConcurrentQueue<string> _unread = new();

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

            // A lease that ends later than one given now comes from a clock that was ahead: nobody holds it.
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

            // Other claimers were quicker with all of them; there may be more behind.
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

    /// <summary>Marks with the token of a claim, and reads what then bears it.</summary>
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
            // Whether anything was marked nobody knows.
            _unread.Enqueue(token);
            throw;
        }
    }

    /// <summary>
    /// Changes what is leased, again and again while the line is broken, until the caller's own time is over. The driver does not repeat what
    /// changes many documents; this may be repeated, and if it were not, all would wait for the lease to run out.
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
