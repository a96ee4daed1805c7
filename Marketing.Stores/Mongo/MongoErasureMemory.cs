using Marketing.Domain;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Remembers erasures as keyed hashes, so that an erased user's old interactions are rejected when they are sent again.</summary>
internal sealed class MongoErasureMemory(MongoContext context) : IErasureHashes
{
    public const string At = "erasedAt";
    public const string Secret = "secret";

    /// <summary>Selects the document with the key.</summary>
    public static readonly BsonDocument Key = new("_id", "erasureKey");

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    private ErasureHash? _hash;

    /// <summary>Returns the positions of the interactions that predate an erasure of their user.</summary>
    public async Task<IReadOnlyList<int>> FindErasedAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        var hash = await HashAsync(cancellationToken);
        var users = interactions.Select(static interaction => interaction.UserId).Distinct()
            .ToDictionary(static user => user, user => ErasureHash.Text(hash.Of(user)));
        var found = await context.ErasedUsers.Find(Where.In("_id", users.Values)).ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return [];
        }

        var erasedAt = found.ToDictionary(static document => document["_id"].AsString, static document => InteractionDocument.Time(document, At));
        var erased = new List<int>();
        var asked = new List<(int Position, string Event)>();
        for (var i = 0; i < interactions.Count; i++)
        {
            if (!erasedAt.TryGetValue(users[interactions[i].UserId], out var at))
            {
                continue;
            }

            if (interactions[i].OccurredAt < at)
            {
                erased.Add(i);
            }
            else
            {
                asked.Add((i, ErasureHash.Text(hash.Of(interactions[i].UserId, interactions[i].Id))));
            }
        }

        if (asked.Count > 0)
        {
            var known = (await context.ErasedEvents.Find(Where.In("_id", asked.Select(static one => one.Event))).ToListAsync(cancellationToken))
                .Select(static document => document["_id"].AsString).ToHashSet(StringComparer.Ordinal);
            erased.AddRange(asked.Where(one => known.Contains(one.Event)).Select(static one => one.Position));
        }

        return erased;
    }

    /// <summary>Remembers an erased user: from now on interactions from before the erasure are rejected by their time.</summary>
    public async Task RememberAsync(UserId user, DateTimeOffset erasedAt, CancellationToken cancellationToken)
    {
        var hash = await HashAsync(cancellationToken);
        await MongoUpsert.RunAsync(() => context.ErasedUsers.UpdateOneAsync(
            Where.Eq("_id", ErasureHash.Text(hash.Of(user))),
            Builders<BsonDocument>.Update.Max(At, erasedAt.UtcDateTime),
            new UpdateOptions { IsUpsert = true },
            cancellationToken));
    }

    /// <summary>Remembers what a user had sent, so that it is also rejected by its id.</summary>
    public async Task RememberAsync(
        UserId user, IReadOnlyList<Interaction> interactions, DateTimeOffset erasedAt, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
        {
            return;
        }

        var hash = await HashAsync(cancellationToken);
        var events = interactions.Select(one => ErasureHash.Text(hash.Of(user, one.Id))).Select(id => new ReplaceOneModel<BsonDocument>(
            Where.Eq("_id", id), new BsonDocument { ["_id"] = id, [At] = erasedAt.UtcDateTime })
        { IsUpsert = true }).ToList();
        await MongoUpsert.RunAsync(() => context.ErasedEvents.BulkWriteAsync(
            events, new BulkWriteOptions { IsOrdered = false }, cancellationToken));
    }

    /// <summary>Deletes what was remembered before a time.</summary>
    /// <returns>The number of users.</returns>
    public async Task<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = Where.Lt(At, before.UtcDateTime);
        await context.ErasedEvents.DeleteManyAsync(old, cancellationToken);
        return (await context.ErasedUsers.DeleteManyAsync(old, cancellationToken)).DeletedCount;
    }

    /// <summary>Returns the hash with the stored key; the first caller creates the key, and all read back the one that was kept.</summary>
    public async Task<ErasureHash> HashAsync(CancellationToken cancellationToken)
    {
        if (_hash is { } known)
        {
            return known;
        }

        var document = await context.Meta.Find(Key).FirstOrDefaultAsync(cancellationToken);
        if (document is null)
        {
            await MongoUpsert.RunAsync(() => context.Meta.UpdateOneAsync(
                Key,
                new BsonDocument("$setOnInsert", new BsonDocument(Secret, ErasureHash.NewKey())),
                new UpdateOptions { IsUpsert = true },
                cancellationToken));
            document = await context.Meta.Find(Key).FirstAsync(cancellationToken);
        }

        return _hash = new ErasureHash(document[Secret].AsByteArray);
    }
}
