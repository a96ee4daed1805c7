using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>Reads and validates a campaign from UTF-8 JSON, for the API and for files; thread-safe.</summary>
public sealed class CampaignReader(InteractionLimits limits)
{
    /// <summary>Maximum length of a name, in Unicode code points.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Maximum number of attributes in an audience, and of values per attribute.</summary>
    public const int MaxAudienceSize = 100;

    private readonly IdPolicy _ids = new(limits);

    /// <summary>Reads one campaign; if <paramref name="id"/> is given, <c>campaignId</c> may be omitted or repeated.</summary>
    /// <returns>False if invalid; <paramref name="errors"/> then lists everything that is wrong.</returns>
    public bool TryRead(
        ReadOnlyMemory<byte> json,
        CampaignId? id,
        [NotNullWhen(true)] out Campaign? campaign,
        out IReadOnlyList<FieldError> errors)
    {
        var fields = new ObjectFields(
            json, "campaign", "campaignId", "name", "text", "startsAt", "endsAt", "audience", "frequencyCap", "properties");
        campaign = null;
        errors = fields.Errors;
        if (errors.Any(error => error.Field.Length == 0))
        {
            return false;
        }

        var read = new Campaign(
            ReadId(fields, id),
            fields.Text("name", 1, MaxNameLength, required: true) ?? "",
            fields.Text("text", 0, limits.MaxTextLength, required: false) ?? "",
            fields.Instant("startsAt"),
            fields.Instant("endsAt"),
            ReadAudience(fields),
            ReadFrequencyCap(fields),
            fields.FreeForm("properties", limits.MaxPropertiesBytes, limits.MaxPropertiesDepth));
        if (read.EndsAt <= read.StartsAt)
        {
            fields.Refuse("endsAt", "endsAt must be after startsAt.");
        }

        campaign = errors.Count == 0 ? read : null;
        return campaign is not null;
    }

    private CampaignId ReadId(ObjectFields fields, CampaignId? expected)
    {
        if (!fields.TryGet("campaignId", out var value))
        {
            if (expected is null)
            {
                fields.Refuse("campaignId", $"campaignId is required and {Identifier.Rule}.");
            }

            return expected.GetValueOrDefault();
        }

        var id = ObjectFields.TextOf(value);
        if (expected is { } known && known.Value != id)
        {
            fields.Refuse("campaignId", "campaignId must match the one in the URL, or be omitted.");
        }
        else if (_ids.Check("campaignId", id) is { } error)
        {
            fields.Refuse(error.Field, error.Message);
        }

        return new CampaignId(id ?? "");
    }

    private static Dictionary<string, IReadOnlyList<string>>? ReadAudience(ObjectFields fields)
    {
        if (!fields.TryGet("audience", out var value))
        {
            return null;
        }

        var audience = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() <= MaxAudienceSize)
        {
            foreach (var attribute in value.EnumerateObject())
            {
                var values = attribute.Value.ValueKind == JsonValueKind.Array && attribute.Value.GetArrayLength() <= MaxAudienceSize
                    ? attribute.Value.EnumerateArray().Select(ObjectFields.TextOf).ToList()
                    : [];
                if (!Identifier.IsValid(attribute.Name) || values.Count == 0 || values.Any(text => !Identifier.IsValid(text)))
                {
                    break;
                }

                audience[attribute.Name] = values!;
            }

            if (audience.Count == value.GetPropertyCount())
            {
                return audience;
            }
        }

        fields.Refuse("audience",
            $"audience must be an object of at most {MaxAudienceSize} attributes, each with a list of 1 to {MaxAudienceSize} accepted values. "
            + $"Each name and value {Identifier.Rule}.");
        return null;
    }

    private static FrequencyCap? ReadFrequencyCap(ObjectFields fields)
    {
        if (!fields.TryGet("frequencyCap", out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 2
            && value.TryGetProperty("maxViews", out var maxViews)
            && maxViews.ValueKind == JsonValueKind.Number && maxViews.TryGetInt32(out var count)
            && count is >= 1 and <= CampaignEdge.MaxRecentViews
            && value.TryGetProperty("window", out var window)
            && WindowText.TryParse(ObjectFields.TextOf(window), out var length))
        {
            return new FrequencyCap(count, length);
        }

        fields.Refuse("frequencyCap",
            $"frequencyCap must have exactly two fields: maxViews, a whole number from 1 to {CampaignEdge.MaxRecentViews}, and window, which {WindowText.Rule}.");
        return null;
    }
}
