using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Contents;
using Marketing.Stores.Copying;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>The database as the source or the target of a copy.</summary>
internal sealed class MongoCopyStore(
    MongoContext context,
    LogPosition position,
    IInteractionLog log,
    ICatalog catalog,
    IDeadLetters letters,
    IAuditTrail trail,
    IAccessKeys keys,
    MongoPersonalData personalData,
    TimeProvider time) : ICopyStore
{
    /// <summary>Interactions per page of a comparison; large, because some servers with this protocol scan the collection for each.</summary>
    private const int PageSize = 5_000;

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    private static readonly SortDefinition<BsonDocument> ById = Builders<BsonDocument>.Sort.Ascending("_id");

    public string Name => "MongoDB";

    public string Identity => position.LogId!;

    public IInteractionLog Log => log;

    public IReadOnlyList<IMovablePart> Parts { get; } = MongoParts.Of(context, catalog, letters, trail, keys);

    /// <summary>
    /// Documents have no order in which they were appended. The first sweep reads all by id; each later one reads what was appended, or
    /// made pending again, since the sweep before it began.
    /// </summary>
    public async Task<InteractionPage> ReadAsync(string? position, int max, CancellationToken cancellationToken)
    {
        var sweep = MongoSweep.Parse(position);
        if (sweep.After is null)
        {
            sweep = sweep with { StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
        }

        var filter = sweep.Since is { } since ? Where.Gte(InteractionDocument.AppendedAt, new BsonDateTime(since)) : Where.Empty;
        if (sweep.After is { } after)
        {
            filter &= Where.Gt(InteractionDocument.Id, after);
        }

        var documents = await context.Interactions.Find(filter).Sort(ById).Limit(max).ToListAsync(cancellationToken);
        bool isEnd = documents.Count < max;
        var next = isEnd ? sweep.Next() : sweep with { After = documents[^1][InteractionDocument.Id].AsString };
        return new InteractionPage(documents.ConvertAll(InteractionDocument.ToInteraction), next.ToString(), isEnd);
    }

    public async Task<PartSummary> SummarizeAsync(string? upTo, CancellationToken cancellationToken)
    {
        var digest = new ContentDigest();
        await foreach (var page in log.ScanAsync(PageSize, cancellationToken))
        {
            foreach (var interaction in page)
            {
                digest.Add(Records.Of(interaction));
            }
        }

        return new PartSummary(PartNames.Interactions, digest.Count, digest.ToString());
    }

    public Task RedactAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => context.Interactions.UpdateManyAsync(
        Where.In(InteractionDocument.Id, ids.Select(static id => id.Value)) & Where.Exists(InteractionDocument.Text),
        MongoInteractionQueue.Renewed(time.GetUtcNow()).Unset(InteractionDocument.Text),
        cancellationToken: cancellationToken);

    public async Task<byte[]?> FindErasureKeyAsync(CancellationToken cancellationToken) =>
        (await context.Meta.Find(MongoErasureMemory.Key).FirstOrDefaultAsync(cancellationToken))?[MongoErasureMemory.Secret].AsByteArray;

    public Task AddErasureKeyAsync(byte[] key, CancellationToken cancellationToken) => MongoUpsert.RunAsync(() => context.Meta.UpdateOneAsync(
        MongoErasureMemory.Key,
        new BsonDocument("$setOnInsert", new BsonDocument(MongoErasureMemory.Secret, key)),
        new UpdateOptions { IsUpsert = true },
        cancellationToken));

    public async IAsyncEnumerable<UserId> UsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var active = await context.Interactions.Aggregate()
            .Group(new BsonDocument("_id", "$" + InteractionDocument.UserId)).ToListAsync(cancellationToken);
        var described = await context.Users.Find(Where.Empty).Project(Builders<BsonDocument>.Projection.Include("_id")).ToListAsync(cancellationToken);
        foreach (var user in active.Concat(described))
        {
            yield return new UserId(user["_id"].AsString);
        }

        foreach (var letter in await context.DeadLetters.Find(Where.Empty).ToListAsync(cancellationToken))
        {
            IEnumerable<UserId> named = letter.TryGetValue("userId", out var user) ? [new UserId(user.AsString)]
                : letter.TryGetValue("payload", out var payload) ? PayloadUsers.Of(payload.AsString)
                : [];
            foreach (var one in named)
            {
                yield return one;
            }
        }
    }

    public async Task EraseAsync(UserId userId, DateTimeOffset erasedAt, CancellationToken cancellationToken)
    {
        // The log last: it remembers the erasure, after which a copy that was interrupted does not repeat it.
        await catalog.DeleteUserAsync(userId, cancellationToken);
        await letters.EraseAsync(userId, cancellationToken);
        await personalData.EraseAsync(userId, erasedAt, cancellationToken);
    }

    public async Task<string?> FindStateAsync(string name, CancellationToken cancellationToken) =>
        (await context.CopyState.Find(Where.Eq("_id", name)).FirstOrDefaultAsync(cancellationToken))?["value"].AsString;

    public Task SetStateAsync(string name, string value, CancellationToken cancellationToken) => MongoUpsert.RunAsync(
        () => context.CopyState.ReplaceOneAsync(
            Where.Eq("_id", name),
            new BsonDocument { ["_id"] = name, ["value"] = value },
            new ReplaceOptions { IsUpsert = true },
            cancellationToken));
}
