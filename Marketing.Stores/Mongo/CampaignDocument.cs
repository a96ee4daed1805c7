using Marketing.Domain;
using MongoDB.Bson;

namespace Marketing.Stores.Mongo;

/// <summary>Converts a campaign to and from its document in <c>campaigns</c>.</summary>
internal static class CampaignDocument
{
    public static BsonDocument From(Campaign campaign)
    {
        var document = new BsonDocument
        {
            ["_id"] = campaign.Id.Value,
            ["name"] = campaign.Name,
            ["text"] = campaign.Text,
        };
        document.Add("startsAt", campaign.StartsAt?.UtcDateTime, campaign.StartsAt is not null);
        document.Add("endsAt", campaign.EndsAt?.UtcDateTime, campaign.EndsAt is not null);
        document.Add("propertiesJson", campaign.Properties, campaign.Properties is not null);
        if (campaign.Audience is { } audience)
        {
            document["audience"] = new BsonArray(audience.Select(attribute =>
                new BsonDocument { ["name"] = attribute.Key, ["values"] = new BsonArray(attribute.Value) }));
        }

        if (campaign.FrequencyCap is { } cap)
        {
            document["frequencyCap"] = new BsonDocument { ["maxViews"] = cap.MaxViews, ["windowTicks"] = cap.Window.Ticks };
        }

        return document;
    }

    public static Campaign ToCampaign(BsonDocument document) => new(
        new CampaignId(document["_id"].AsString),
        document["name"].AsString,
        document["text"].AsString,
        document.Contains("startsAt") ? InteractionDocument.Time(document, "startsAt") : null,
        document.Contains("endsAt") ? InteractionDocument.Time(document, "endsAt") : null,
        document.TryGetValue("audience", out var audience) ? Audience(audience.AsBsonArray) : null,
        document.TryGetValue("frequencyCap", out var cap)
            ? new FrequencyCap(cap["maxViews"].ToInt32(), TimeSpan.FromTicks(cap["windowTicks"].ToInt64()))
            : null,
        document.TryGetValue("propertiesJson", out var properties) ? properties.AsString : null);

    private static Dictionary<string, IReadOnlyList<string>> Audience(BsonArray audience) => audience.ToDictionary(
        attribute => attribute["name"].AsString,
        IReadOnlyList<string> (attribute) => [.. attribute["values"].AsBsonArray.Select(value => value.AsString)]);
}
