using Marketing.Domain.Ports;
using Marketing.Stores.Contents;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>The parts of the database that a copy moves record by record. Add one here for each collection that must be moved.</summary>
internal static class MongoParts
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    public static IReadOnlyList<IMovablePart> Of(MongoContext context, ICatalog catalog, IDeadLetters letters, IAuditTrail trail, IAccessKeys keys) =>
    [
        PortParts.Campaigns(
            new ListPart(PartNames.Campaigns, async cancellationToken => (await catalog.CampaignsAsync(cancellationToken)).Select(Records.Of)), catalog),
        new MovablePart(
            new ListPart(
                PartNames.DeletedCampaigns, async cancellationToken => (await catalog.DeletedCampaignsAsync(cancellationToken)).Select(Records.Of)),
            (records, cancellationToken) => DeleteAsync(context, records, cancellationToken),
            static (_, _) => Task.CompletedTask), // A campaign that was added again hides its deletion.
        PortParts.Attributes(new MongoPart(PartNames.Attributes, context.Users, MongoCatalog.ToProfile), catalog),
        PortParts.DeadLetters(new MongoPart(PartNames.DeadLetters, context.DeadLetters, MongoDeadLetters.ToRecord), letters),
        new MovablePart(
            new MongoPart(PartNames.ErasedUsers, context.ErasedUsers, Erased),
            (records, cancellationToken) => RememberAsync(context.ErasedUsers, records, cancellationToken),
            static (_, _) => Task.CompletedTask), // Retention forgets them.
        new MovablePart(
            new MongoPart(PartNames.ErasedEvents, context.ErasedEvents, Erased),
            (records, cancellationToken) => RememberAsync(context.ErasedEvents, records, cancellationToken),
            (ids, cancellationToken) => context.ErasedEvents.DeleteManyAsync(Where.In("_id", ids), cancellationToken)),
        new MovablePart(
            new MongoPart(PartNames.Audit, context.Audit, MongoAuditTrail.ToRecord),
            (records, cancellationToken) => trail.AppendAsync([.. records.Select(AuditRecords.ToEntry)], cancellationToken),
            (ids, cancellationToken) => context.Audit.DeleteManyAsync(Where.In("_id", ids), cancellationToken)),
        PortParts.AccessKeys(keys),
    ];

    private static LogRecord Erased(BsonDocument document) =>
        Records.OfErasure(document["_id"].AsString, InteractionDocument.Time(document, MongoErasureMemory.At));

    private static async Task DeleteAsync(MongoContext context, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        await MongoUpsert.RunAsync(() => context.DeletedCampaigns.BulkWriteAsync(
            records.Select(static record => new ReplaceOneModel<BsonDocument>(Where.Eq("_id", record.Id), new BsonDocument("_id", record.Id)) { IsUpsert = true }),
            cancellationToken: cancellationToken));
        await MongoCatalog.BumpAsync(context, cancellationToken);
    }

    /// <summary>Writes what is new: most was remembered at the target when it erased the user itself.</summary>
    private static async Task RememberAsync(
        IMongoCollection<BsonDocument> collection, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        var there = await collection.Find(Where.In("_id", records.Select(static record => record.Id))).ToListAsync(cancellationToken);
        var news = records.Except(there.Select(Erased)).Select(static record => new ReplaceOneModel<BsonDocument>(
            Where.Eq("_id", record.Id),
            new BsonDocument { ["_id"] = record.Id, [MongoErasureMemory.At] = Records.ErasedAt(record).UtcDateTime })
        { IsUpsert = true }).ToList();
        if (news.Count > 0)
        {
            await MongoUpsert.RunAsync(() => collection.BulkWriteAsync(news, cancellationToken: cancellationToken));
        }
    }
}
