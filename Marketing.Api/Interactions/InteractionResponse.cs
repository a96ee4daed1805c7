using System.Text.Json;
using System.Text.Json.Serialization;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Api.Interactions;

/// <summary>An interaction from the log, in the same form that POST accepts.</summary>
/// <param name="EventId">The id of the interaction.</param>
/// <param name="UserId">The user.</param>
/// <param name="Type">The type: chat, view, click, convert or dismiss.</param>
/// <param name="CampaignId">The campaign it refers to.</param>
/// <param name="Text">The chat text; absent once retention has removed it.</param>
/// <param name="OccurredAt">When it occurred.</param>
/// <param name="Properties">The free-form object, unchanged.</param>
internal sealed record InteractionResponse(
    string EventId,
    string UserId,
    string Type,
    string? CampaignId,
    string? Text,
    DateTimeOffset OccurredAt,
    [property: JsonConverter(typeof(RawJsonConverter))] string? Properties)
{
    public static InteractionResponse From(Interaction interaction) => new(
        interaction.Id.Value,
        interaction.UserId.Value,
        InteractionTypes.Name(interaction.Type),
        interaction.CampaignId?.Value,
        interaction.Text,
        interaction.OccurredAt,
        interaction.Properties);
}

/// <summary>Writes stored JSON unchanged; it was validated on ingestion.</summary>
internal sealed class RawJsonConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value, skipInputValidation: true);
}
