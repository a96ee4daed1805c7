using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Writes interactions so that <see cref="InteractionReader"/> reads the same interaction back. A time of receipt is omitted: the
/// reader's clock, or Kafka's timestamp, supplies it again, and a retry remains a retry.
/// </summary>
public static class InteractionWriter
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Returns one interaction as a JSON object.</summary>
    public static string ToJson(Interaction interaction)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json, Json);
        Write(writer, interaction);
        writer.Flush();
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>Writes one interaction as a JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, Interaction interaction)
    {
        writer.WriteStartObject();
        writer.WriteString("eventId"u8, interaction.Id.Value);
        writer.WriteString("userId"u8, interaction.UserId.Value);
        writer.WriteString("type"u8, InteractionTypes.Name(interaction.Type));
        if (interaction.CampaignId is { } campaignId)
        {
            writer.WriteString("campaignId"u8, campaignId.Value);
        }

        if (interaction.Text is { } text)
        {
            writer.WriteString("text"u8, text);
        }

        if (!interaction.IsTimedOnReceipt)
        {
            Span<char> time = stackalloc char[32];
            interaction.OccurredAt.UtcDateTime.TryFormat(time, out var length, TimeFormat, CultureInfo.InvariantCulture);
            writer.WriteString("occurredAt"u8, time[..length]);
        }

        if (interaction.Properties is { } properties)
        {
            writer.WritePropertyName("properties"u8);
            writer.WriteRawValue(properties, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}
