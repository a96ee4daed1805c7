using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Marketing.Projections.Ingestion;

/// <summary>Reads and validates a user's attributes: <c>{"attributes": {"segment": "student"}}</c>.</summary>
public static class UserAttributesReader
{
    /// <summary>Maximum number of attributes per user.</summary>
    public const int MaxAttributes = 100;

    /// <summary>Reads the attributes.</summary>
    /// <returns>False if invalid; <paramref name="errors"/> then lists everything that is wrong.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? attributes,
        out IReadOnlyList<FieldError> errors)
    {
        var fields = new ObjectFields(json, "user", "attributes");
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        attributes = null;
        errors = fields.Errors;
        if (errors.Count > 0)
        {
            return false;
        }

        if (!fields.TryGet("attributes", out var value) || value.ValueKind != JsonValueKind.Object
            || value.GetPropertyCount() > MaxAttributes)
        {
            fields.Refuse("attributes", $"attributes is required and must be an object of at most {MaxAttributes} string values.");
            return false;
        }

        foreach (var attribute in value.EnumerateObject())
        {
            var text = ObjectFields.TextOf(attribute.Value);
            if (!Identifier.IsValid(attribute.Name) || !Identifier.IsValid(text))
            {
                fields.Refuse($"attributes.{attribute.Name}", $"attributes.{attribute.Name}: the name and the value {Identifier.Rule}.");
            }
            else
            {
                read[attribute.Name] = text!;
            }
        }

        attributes = errors.Count == 0 ? read : null;
        return attributes is not null;
    }
}
