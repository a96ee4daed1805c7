using System.Globalization;
using System.Text;
using System.Text.Json;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>The fields of an interaction while it is read, and their rules.</summary>
internal struct InteractionDraft(InteractionLimits limits, IdPolicy ids)
{
    private const string ValidFields = "eventId, userId, type, campaignId, text, occurredAt and properties";

    private Fields _seen;
    private string? _eventId;
    private string? _userId;
    private InteractionType? _type;
    private string? _campaignId;
    private string? _text;
    private DateTimeOffset? _occurredAt;
    private string? _properties;

    [Flags]
    private enum Fields
    {
        None = 0,
        EventId = 1,
        UserId = 2,
        Type = 4,
        CampaignId = 8,
        Text = 16,
        OccurredAt = 32,
        Properties = 64,
    }

    /// <summary>Reads the field at the reader's position, including its value.</summary>
    public FieldError? ReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var field =
            reader.ValueTextEquals("userId"u8) ? Fields.UserId :
            reader.ValueTextEquals("type"u8) ? Fields.Type :
            reader.ValueTextEquals("campaignId"u8) ? Fields.CampaignId :
            reader.ValueTextEquals("occurredAt"u8) ? Fields.OccurredAt :
            reader.ValueTextEquals("text"u8) ? Fields.Text :
            reader.ValueTextEquals("eventId"u8) ? Fields.EventId :
            reader.ValueTextEquals("properties"u8) ? Fields.Properties :
            Fields.None;
        if (field == Fields.None)
        {
            var name = JsonValues.Name(ref reader);
            reader.Skip();
            return new FieldError(name,
                $"{name} is not a field of an interaction. The fields are {ValidFields}; put anything else into properties.");
        }

        if ((_seen & field) != 0)
        {
            var name = JsonValues.Name(ref reader);
            reader.Skip();
            return new FieldError(name, $"{name} must not be given more than once.");
        }

        _seen |= field;
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : field switch
        {
            Fields.EventId => ReadId(ref reader, "eventId", out _eventId),
            Fields.UserId => ReadUserId(ref reader),
            Fields.CampaignId => ReadId(ref reader, "campaignId", out _campaignId),
            Fields.Type => ReadType(ref reader),
            Fields.Text => ReadText(ref reader),
            Fields.OccurredAt => ReadTime(ref reader),
            _ => ReadProperties(ref reader, json),
        };
    }

    /// <summary>
    /// Checks rules across fields and creates the interaction; <paramref name="place"/> is set if it can be read there again.
    /// </summary>
    public readonly FieldError? Complete(DateTimeOffset now, string? place, out Interaction? interaction)
    {
        interaction = null;
        if (_userId is null)
        {
            return new FieldError("userId", $"userId is required and {Identifier.Rule}.");
        }

        if (_type is not { } type)
        {
            return InvalidType();
        }

        if (type == InteractionType.Chat ? _text is null : _text is not null)
        {
            return new FieldError("text", type == InteractionType.Chat
                ? $"text is required for a chat and must have 1 to {limits.MaxTextLength} characters."
                : $"text must be omitted for a {InteractionTypes.Name(type)}; only a chat has text.");
        }

        if (type != InteractionType.Chat && _campaignId is null)
        {
            return new FieldError("campaignId", $"campaignId is required for a {InteractionTypes.Name(type)} and {Identifier.Rule}.");
        }

        if (_occurredAt > now + limits.MaxAhead)
        {
            return new FieldError("occurredAt", string.Create(CultureInfo.InvariantCulture,
                $"occurredAt must not be more than {limits.MaxAhead:c} ahead of the server's clock ({now:yyyy-MM-dd'T'HH:mm:ss'Z'})."));
        }

        var userId = new UserId(_userId);
        CampaignId? campaignId = _campaignId is null ? null : new CampaignId(_campaignId);
        var occurredAt = _occurredAt ?? JsonValues.ToMilliseconds(now);
        var id = _eventId is not null ? new EventId(_eventId)
            : _occurredAt is not null ? EventIdentity.Derive(userId, type, campaignId, _text, _properties, occurredAt)
            : EventIdentity.DeriveUntimed(userId, type, campaignId, _text, _properties, occurredAt, place);
        interaction = new Interaction(id, userId, type, campaignId, _text, occurredAt, _properties)
        {
            IsTimedOnReceipt = _occurredAt is null,
        };
        return null;
    }

    private readonly FieldError? ReadId(ref Utf8JsonReader reader, string field, out string? id)
    {
        id = JsonValues.StringOrNull(ref reader);
        return ids.Check(field, id);
    }

    private FieldError? ReadUserId(ref Utf8JsonReader reader)
    {
        _userId = JsonValues.StringOrNull(ref reader);
        return ids.CheckUser("userId", _userId);
    }

    private FieldError? ReadType(ref Utf8JsonReader reader)
    {
        Span<char> name = stackalloc char[8];
        var isKnown = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueSpan.Length <= name.Length
            ? InteractionTypes.TryParse(name[..Encoding.UTF8.GetChars(reader.ValueSpan, name)], out var type)
            : InteractionTypes.TryParse(JsonValues.StringOrNull(ref reader), out type);
        _type = isKnown ? type : null;
        return isKnown ? null : InvalidType();
    }

    private static FieldError InvalidType() =>
        new("type", $"type is required and must be one of {string.Join(", ", InteractionTypes.Names)}.");

    private FieldError? ReadText(ref Utf8JsonReader reader)
    {
        _text = JsonValues.StringOrNull(ref reader);
        return !string.IsNullOrWhiteSpace(_text) && !CodePoints.Exceeds(_text, limits.MaxTextLength) && !_text.Contains('\0')
            ? null
            : new FieldError("text",
                $"text must be a string of 1 to {limits.MaxTextLength} characters (MaxTextLength). It must not be blank or contain U+0000 or unpaired surrogates.");
    }

    private FieldError? ReadTime(ref Utf8JsonReader reader)
    {
        if (JsonValues.TryGetInstant(ref reader, out var instant) && instant >= InteractionLimits.Earliest)
        {
            _occurredAt = instant;
            return null;
        }

        reader.Skip();
        return new FieldError("occurredAt",
            $"occurredAt {Rfc3339.Rule}, and not before 1970.");
    }

    private FieldError? ReadProperties(ref Utf8JsonReader reader, ReadOnlySpan<byte> json) =>
        JsonValues.TryReadObject(ref reader, json, limits.MaxPropertiesBytes, limits.MaxPropertiesDepth, out _properties)
            ? null
            : new FieldError("properties", string.Create(CultureInfo.InvariantCulture,
                $"properties must be a JSON object of at most {limits.MaxPropertiesBytes} bytes (MaxPropertiesBytes) and {limits.MaxPropertiesDepth} levels (MaxPropertiesDepth), without unpaired surrogates."));
}
