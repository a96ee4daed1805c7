using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Reads and validates an interaction from UTF-8 JSON, token by token, because at 100,000 per second there is no time for a DOM or
/// for reflection. The API, files and Kafka share these rules. Thread-safe.
/// </summary>
public sealed class InteractionReader(InteractionLimits limits, TimeProvider time)
{
    /// <summary>Only bounds the work; the depth limit for properties has the better message.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private readonly IdPolicy _ids = new(limits);

    /// <summary>Reads one interaction: a JSON object surrounded by nothing but white space.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="interaction">The interaction.</param>
    /// <param name="error">Why it was rejected.</param>
    /// <param name="place">Where it can be read again; identifies an interaction without id and time.</param>
    /// <returns>False if rejected; <paramref name="error"/> then has the reason.</returns>
    public bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out Interaction? interaction,
        [NotNullWhen(false)] out FieldError? error,
        string? place = null)
    {
        interaction = null;
        if (json.Length > limits.MaxInteractionBytes)
        {
            error = TooLarge(limits);
            return false;
        }

        if (JsonValues.IndexOfInvalidUtf8(json) is >= 0 and var index)
        {
            error = new FieldError("", string.Create(CultureInfo.InvariantCulture,
                $"The interaction must be UTF-8; it is invalid at byte {index}."));
            return false;
        }

        var draft = new InteractionDraft(limits, _ids);
        try
        {
            json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
            var reader = new Utf8JsonReader(json, Options);
            error = Read(ref reader, json, ref draft);
        }
        catch (JsonException exception)
        {
            // Do not use the exception's message, because it quotes the input.
            error = new FieldError("", string.Create(CultureInfo.InvariantCulture,
                $"The interaction must be one JSON object; the JSON is invalid at byte {exception.BytePositionInLine}."));
        }

        error ??= draft.Complete(time.GetUtcNow(), place, out interaction);
        return error is null && interaction is not null;
    }

    /// <summary>The error for an interaction that is too large to parse.</summary>
    public static FieldError TooLarge(InteractionLimits limits) => new("", string.Create(CultureInfo.InvariantCulture,
        $"The interaction must not be larger than {limits.MaxInteractionBytes} bytes (MaxInteractionBytes)."));

    private static FieldError? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref InteractionDraft draft)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return reader.Read() ? null : new FieldError("", "The interaction must be a JSON object.");
        }

        FieldError? error = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Read to the end even after an error, so that invalid JSON later on takes precedence.
            var found = draft.ReadField(ref reader, json);
            error ??= found;
        }

        reader.Read(); // Throws on anything except white space after the object.
        return error;
    }
}
