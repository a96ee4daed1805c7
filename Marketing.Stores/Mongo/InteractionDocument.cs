using System.Diagnostics;
using Marketing.Domain;
using MongoDB.Bson;

namespace Marketing.Stores.Mongo;

/// <summary>
/// Converts an interaction to and from its document in <c>interactions</c>. The event id is <c>_id</c>, so that it is unique without
/// another index. The queue state is in the same document, so that append and enqueue are one atomic insert.
/// </summary>
internal static class InteractionDocument
{
    public const string Id = "_id";
    public const string UserId = "userId";
    public const string Type = "type";
    public const string CampaignId = "campaignId";
    public const string Text = "text";
    public const string OccurredAt = "occurredAt";
    public const string Properties = "properties";
    public const string PropertiesJson = "propertiesJson";
    public const string AppendedAt = "appendedAt";
    public const string Pending = "pending";
    public const string LeaseUntil = "leaseUntil";
    public const string LeaseToken = "leaseToken";
    public const string Attempts = "attempts";

    /// <summary>The trace that made the interaction pending (<see cref="TraceBytes"/>); removed when it is completed.</summary>
    public const string Trace = "trace";

    /// <summary>Creates a new, pending document; absent values have no field, so that <c>$exists</c> works.</summary>
    public static BsonDocument From(Interaction interaction, DateTimeOffset appendedAt, byte[]? trace)
    {
        var document = new BsonDocument
        {
            [Id] = interaction.Id.Value,
            [UserId] = interaction.UserId.Value,
            [Type] = (int)interaction.Type,
            [OccurredAt] = interaction.OccurredAt.UtcDateTime,
            [AppendedAt] = appendedAt.UtcDateTime,
            [Pending] = true,
            [LeaseUntil] = DateTime.UnixEpoch,
            [Attempts] = 0,
        };
        if (trace is not null)
        {
            document[Trace] = trace;
        }

        if (interaction.CampaignId is { } campaign)
        {
            document[CampaignId] = campaign.Value;
        }

        if (interaction.Text is { } text)
        {
            document[Text] = text;
        }

        if (interaction.Properties is { } properties)
        {
            document[PropertiesJson] = properties;
            if (QueryableProperties.TryParse(properties) is { } queryable)
            {
                document[Properties] = queryable;
            }
        }

        return document;
    }

    public static Interaction ToInteraction(BsonDocument document) => new(
        new EventId(document[Id].AsString),
        new UserId(document[UserId].AsString),
        (InteractionType)document[Type].ToInt32(),
        document.TryGetValue(CampaignId, out var campaign) ? new CampaignId(campaign.AsString) : null,
        document.TryGetValue(Text, out var text) ? text.AsString : null,
        Time(document, OccurredAt),
        document.TryGetValue(PropertiesJson, out var properties) ? properties.AsString : null);

    public static ActivityContext? TraceOf(BsonDocument document) =>
        document.TryGetValue(Trace, out var trace) ? TraceBytes.Read(trace.AsByteArray) : null;

    public static DateTimeOffset Time(BsonDocument document, string field) => new(document[field].ToUniversalTime(), TimeSpan.Zero);
}
