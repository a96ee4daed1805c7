using Marketing.Domain.Ports;
using Marketing.Stores.Contents;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>The audit trail in MongoDB, one document per entry.</summary>
internal sealed class MongoAuditTrail(MongoContext context, MongoErasureMemory erasures) : IAuditTrail
{
    /// <summary>The field with the target.</summary>
    public const string Target = "target";

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    public async Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var hash = await erasures.HashAsync(cancellationToken);
        var documents = entries.Select(entry => new ReplaceOneModel<BsonDocument>(Where.Eq("_id", entry.Id), From(entry, hash)) { IsUpsert = true }).ToList();
        await MongoUpsert.RunAsync(() => context.Audit.BulkWriteAsync(documents, cancellationToken: cancellationToken));
    }

    public async Task<Page<AuditEntry>> ListAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var which = await MatchesAsync(filter, cancellationToken);
        if (cursor is not null)
        {
            which &= Where.Lt("_id", AuditId.Parse(cursor));
        }

        var documents = await context.Audit.Find(which)
            .Sort(Builders<BsonDocument>.Sort.Descending("_id")).Limit(limit + 1).ToListAsync(cancellationToken);
        var items = documents.Take(limit).Select(ToEntry).ToList();
        return new(items, documents.Count > limit ? items[^1].Id : null);
    }

    public async Task<long> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        (await context.Audit.DeleteManyAsync(Where.Lt("_id", AuditId.From(before)), cancellationToken)).DeletedCount;

    /// <summary>Reads the record of a document.</summary>
    public static LogRecord ToRecord(BsonDocument document) => AuditRecords.Of(ToEntry(document));

    private async Task<FilterDefinition<BsonDocument>> MatchesAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var which = Where.Empty;
        if (filter.Action is { } action)
        {
            which &= Where.Eq("action", action);
        }

        if (filter.Actor is { } actor)
        {
            which &= Where.Eq("actorId", actor) | Where.Eq("actorName", actor);
        }

        if (filter.Target is { } target)
        {
            var hash = await erasures.HashAsync(cancellationToken);
            which &= Where.In(Target, [target, hash.Of(new AuditTarget(target, IsPersonal: true))]);
        }

        return filter.Since is { } since ? which & Where.Gte("_id", AuditId.From(since)) : which;
    }

    private static BsonDocument From(AuditEntry entry, ErasureHash hash)
    {
        var document = new BsonDocument
        {
            ["_id"] = entry.Id,
            ["at"] = entry.At.UtcDateTime,
            ["action"] = entry.Action,
            ["actorId"] = entry.Actor.Id,
            ["actorName"] = entry.Actor.Name,
            ["outcome"] = entry.Outcome,
            ["count"] = entry.Count,
        };
        document.Add("address", entry.Address, entry.Address is not null);
        document.Add(Target, entry.Target is { } target ? hash.Of(target) : null, entry.Target is not null);
        return document;
    }

    private static AuditEntry ToEntry(BsonDocument document) => new(
        document["_id"].AsString,
        InteractionDocument.Time(document, "at"),
        document["action"].AsString,
        new AuditActor(document["actorId"].AsString, document["actorName"].AsString),
        document.TryGetValue("address", out var address) ? address.AsString : null,
        document.TryGetValue(Target, out var target) ? new AuditTarget(target.AsString) : null,
        document["outcome"].ToInt32(),
        document["count"].ToInt32());
}
