using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Reads and validates an interaction from UTF-8 JSON, token by token: at 100,000 a second there is no time for a tree
/// or for reflection. The same rules hold for the API, for files and for Kafka. Safe for concurrent use.
/// </summary>
public sealed class InteractionReader(InteractionLimits limits, TimeProvider time)
{
    /// <summary>Our own depth limit has the better message; this one only bounds the work.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private readonly IdPolicy _ids = new(limits);

    /// <summary>Reads one interaction, a JSON object with nothing but white space around it.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="interaction">What was read.</param>
    /// <param name="error">Why it was refused.</param>
    /// <param name="place">Where it is read from and can be read again: what identifies it when it has neither an id nor a time.</param>
    /// <returns>False when it was refused; <paramref name="error"/> then says why.</returns>
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
                $"The interaction must be encoded in UTF-8; it is not at byte {index}."));
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
            // Not the exception's own message: it quotes what it found.
            error = new FieldError("", string.Create(CultureInfo.InvariantCulture,
                $"The interaction must be one JSON object; it is not valid JSON at byte {exception.BytePositionInLine}."));
        }

        error ??= draft.Complete(time.GetUtcNow(), place, out interaction);
        return error is null && interaction is not null;
    }

    /// <summary>The refusal of an interaction that is too large to be looked at.</summary>
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
            // To the end even after an error: that what follows is no JSON is then the error to report.
            var found = draft.ReadField(ref reader, json);
            error ??= found;
        }

        reader.Read(); // Throws on anything but white space after the object.
        return error;
    }
}
