using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Contents;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>Campaigns and user attributes in MongoDB, one document each, and a version counter that tells readers of a change.</summary>
internal sealed class MongoCatalog(MongoContext context) : ICatalog
{
    private static readonly BsonDocument CatalogVersion = new("_id", "catalog");

    private static readonly FilterDefinitionBuilder<BsonDocument> Where = Builders<BsonDocument>.Filter;

    public async Task<IReadOnlyList<bool>> PutCampaignsAsync(IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        if (campaigns.Count == 0)
        {
            return [];
        }

        var isNew = new bool[campaigns.Count];
        await MongoUpsert.RunAsync(() => ReplaceAsync(campaigns, isNew, cancellationToken));
        await BumpAsync(cancellationToken);
        return isNew;
    }

    /// <summary>Replaces the campaigns; one inserted before an error is still reported as new after the retry finds it.</summary>
    private async Task<BulkWriteResult> ReplaceAsync(IReadOnlyList<Campaign> campaigns, bool[] isNew, CancellationToken cancellationToken)
    {
        var replacements = campaigns.Select(campaign =>
            new ReplaceOneModel<BsonDocument>(Where.Eq("_id", campaign.Id.Value), CampaignDocument.From(campaign)) { IsUpsert = true });
        try
        {
            var result = await context.Campaigns.BulkWriteAsync(replacements, new BulkWriteOptions { IsOrdered = true }, cancellationToken);
            Note(result.Upserts);
            return result;
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
        {
            Note(exception.Result.Upserts);
            throw;
        }

        void Note(IReadOnlyList<BulkWriteUpsert> upserts)
        {
            foreach (var upsert in upserts)
            {
                isNew[upsert.Index] = true;
            }
        }
    }

    public async Task<IReadOnlyList<Campaign>> CampaignsAsync(CancellationToken cancellationToken)
    {
        var documents = await context.Campaigns.Find(Where.Empty)
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id")).ToListAsync(cancellationToken);
        return documents.ConvertAll(CampaignDocument.ToCampaign);
    }

    public async Task<bool> DeleteCampaignAsync(CampaignId id, CancellationToken cancellationToken)
    {
        var ofId = Where.Eq("_id", id.Value);
        if (!await context.Campaigns.Find(ofId).AnyAsync(cancellationToken))
        {
            return false;
        }

        // Record the deletion first: after a crash in between, the campaign still exists and the record is ignored.
        await MongoUpsert.RunAsync(() => context.DeletedCampaigns.ReplaceOneAsync(
            ofId, new BsonDocument("_id", id.Value), new ReplaceOptions { IsUpsert = true }, cancellationToken));
        var deleted = await context.Campaigns.DeleteOneAsync(ofId, cancellationToken);
        await BumpAsync(cancellationToken);
        return deleted.DeletedCount > 0;
    }

    public async Task<IReadOnlyList<CampaignId>> DeletedCampaignsAsync(CancellationToken cancellationToken)
    {
        // Read the deleted ids first: a campaign that is added in between is then found and not reported as deleted.
        var deleted = await IdsAsync(context.DeletedCampaigns, cancellationToken);
        var present = await IdsAsync(context.Campaigns, cancellationToken);
        return [.. deleted.Except(present).Select(id => new CampaignId(id))];
    }

    public async Task<long> VersionAsync(CancellationToken cancellationToken) =>
        (await context.Meta.Find(CatalogVersion).FirstOrDefaultAsync(cancellationToken))?["version"].ToInt64() ?? 0;

    public async Task<bool> PutUserAsync(UserProfile profile, CancellationToken cancellationToken)
    {
        var attributes = new BsonArray(profile.Attributes.Select(attribute =>
            new BsonDocument { ["name"] = attribute.Key, ["value"] = attribute.Value }));
        var result = await MongoUpsert.RunAsync(() => context.Users.ReplaceOneAsync(
            Where.Eq("_id", profile.Id.Value),
            new BsonDocument { ["_id"] = profile.Id.Value, ["attributes"] = attributes },
            new ReplaceOptions { IsUpsert = true },
            cancellationToken));
        return result.MatchedCount == 0;
    }

    public async ValueTask<UserProfile?> FindUserAsync(UserId id, CancellationToken cancellationToken) =>
        await context.Users.Find(Where.Eq("_id", id.Value)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? ProfileOf(document)
            : null;

    /// <summary>Returns a document of <c>users</c> as a record that a copy moves.</summary>
    internal static LogRecord ToProfile(BsonDocument document) => Records.Of(ProfileOf(document));

    public async Task<bool> DeleteUserAsync(UserId id, CancellationToken cancellationToken) =>
        (await context.Users.DeleteOneAsync(Where.Eq("_id", id.Value), cancellationToken)).DeletedCount > 0;

    private static async Task<List<string>> IdsAsync(IMongoCollection<BsonDocument> campaigns, CancellationToken cancellationToken)
    {
        var ids = await campaigns.Find(Where.Empty).Project(Builders<BsonDocument>.Projection.Include("_id")).ToListAsync(cancellationToken);
        return ids.ConvertAll(document => document["_id"].AsString);
    }

    private static UserProfile ProfileOf(BsonDocument document) => new(
        new UserId(document["_id"].AsString),
        document["attributes"].AsBsonArray.ToDictionary(attribute => attribute["name"].AsString, attribute => attribute["value"].AsString));

    private Task<UpdateResult> BumpAsync(CancellationToken cancellationToken) => BumpAsync(context, cancellationToken);

    /// <summary>Tells readers that the catalog has changed.</summary>
    internal static Task<UpdateResult> BumpAsync(MongoContext context, CancellationToken cancellationToken) => MongoUpsert.RunAsync(() => context.Meta.UpdateOneAsync(
        CatalogVersion, Builders<BsonDocument>.Update.Inc("version", 1L), new UpdateOptions { IsUpsert = true }, cancellationToken));
}
