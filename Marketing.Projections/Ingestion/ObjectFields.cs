using System.Text;
using System.Text.Json;

namespace Marketing.Projections.Ingestion;

/// <summary>Reads the fields of a JSON object outside hot paths, and collects every error.</summary>
public sealed class ObjectFields
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<FieldError> _errors = [];

    /// <summary>Opens an object that may only have <paramref name="fields"/>; <paramref name="what"/> names it in errors.</summary>
    public ObjectFields(ReadOnlyMemory<byte> json, string what, params ReadOnlySpan<string> fields)
    {
        try
        {
            json = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
            if (!JsonValues.IsSound(json.Span))
            {
                throw new JsonException();
            }

            using var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Refuse("", $"The {what} must be a JSON object.");
                return;
            }

            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (!fields.Contains(field.Name))
                {
                    Refuse(field.Name, $"{field.Name} is not a field of the {what}. The fields are {string.Join(", ", fields)}.");
                }
                else if (field.Value.ValueKind != JsonValueKind.Null)
                {
                    _fields[field.Name] = field.Value.Clone();
                }
            }
        }
        catch (JsonException)
        {
            Refuse("", $"The {what} must be a JSON object in UTF-8, without duplicate fields or unpaired surrogates.");
        }
    }

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>Adds an error.</summary>
    public void Refuse(string field, string message) => _errors.Add(new FieldError(field, message));

    /// <summary>Gets a field's value; false if it is absent or null.</summary>
    public bool TryGet(string field, out JsonElement value) => _fields.TryGetValue(field, out value);

    /// <summary>Reads a text without U+0000, not blank unless empty is allowed; null if absent or invalid.</summary>
    public string? Text(string field, int minLength, int maxLength, bool required)
    {
        if (!TryGet(field, out var value) && !required)
        {
            return null;
        }

        var text = TextOf(value);
        if (text is not null && !CodePoints.Exceeds(text, maxLength) && (minLength == 0 || !string.IsNullOrWhiteSpace(text)))
        {
            return text;
        }

        Refuse(field, $"{field} {(required ? "is required and " : "")}must be a string of {minLength} to {maxLength} characters"
            + (minLength == 0 ? " without U+0000." : ". It must not be blank or contain U+0000."));
        return null;
    }

    /// <summary>Reads a time; null if absent or invalid.</summary>
    public DateTimeOffset? Instant(string field)
    {
        if (!TryGet(field, out var value))
        {
            return null;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value.GetRawText()));
        reader.Read();
        if (JsonValues.TryGetInstant(ref reader, out var instant))
        {
            return instant;
        }

        Refuse(field, $"{field} {Rfc3339.Rule}.");
        return null;
    }

    /// <summary>Reads a free-form object unchanged; null if absent or invalid.</summary>
    public string? FreeForm(string field, int maxBytes, int maxDepth)
    {
        if (!TryGet(field, out var value))
        {
            return null;
        }

        var json = Encoding.UTF8.GetBytes(value.GetRawText());
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (JsonValues.TryReadObject(ref reader, json, maxBytes, maxDepth, out var text))
        {
            return text;
        }

        Refuse(field, $"{field} must be a JSON object of at most {maxBytes} bytes and {maxDepth} levels, without unpaired surrogates.");
        return null;
    }

    /// <summary>Returns an element's string; null if it is not a string or cannot be stored.</summary>
    public static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !text.Contains('\0') ? text : null;
}
