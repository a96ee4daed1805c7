using System.Text.Json;
using System.Text.Json.Serialization;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Api.Interactions;

/// <summary>An interaction of the log, in the form in which it can be sent again.</summary>
/// <param name="EventId">Its identity.</param>
/// <param name="UserId">Who.</param>
/// <param name="Type">What: chat, view, click, convert or dismiss.</param>
/// <param name="CampaignId">The campaign it concerns.</param>
/// <param name="Text">What was said; absent once retention has removed it.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Properties">The sender's free-form object, as it came.</param>
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

/// <summary>Writes JSON that was validated when it came in, as it is.</summary>
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
