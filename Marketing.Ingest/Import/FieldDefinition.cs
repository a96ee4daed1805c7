using System.Text.RegularExpressions;

namespace Marketing.Ingest.Import;

/// <summary>The value of an option <c>--field</c>, such as <c>userId=household-{household_id}</c>.</summary>
/// <param name="Field">The field of the interaction to fill.</param>
/// <param name="Value">Text with columns in braces; empty omits the field.</param>
internal sealed partial record FieldDefinition(string Field, string Value)
{
    /// <summary>The valid field names.</summary>
    public static readonly IReadOnlyList<string> Known = ["eventId", "userId", "type", "campaignId", "text", "occurredAt"];

    /// <summary>Parses the option.</summary>
    /// <exception cref="FormatException">The option is not valid; the message says what would be.</exception>
    public static FieldDefinition Parse(string definition)
    {
        if (definition.Split('=', 2) is not [var name, var value])
        {
            throw new FormatException($"--field {definition} must be NAME=VALUE, such as userId=household-{{household_id}}.");
        }

        var field = Known.FirstOrDefault(known => ColumnName.Same(known, name))
            ?? throw new FormatException($"--field {name.Trim()} is not a field; the fields are {string.Join(", ", Known)}.");
        return Pieces().Replace(value, string.Empty).AsSpan().IndexOfAny('{', '}') < 0
            ? new FieldDefinition(field, value.Trim())
            : throw new FormatException($"--field {definition} has an unmatched brace; write a column as {{column}}.");
    }

    /// <summary>Splits the value into pairs of literal text and the content of the braces after it; null after the last literal.</summary>
    public IEnumerable<(string Literal, string? Column)> Parts()
    {
        var end = 0;
        foreach (Match match in Pieces().Matches(Value))
        {
            yield return (Value[end..match.Index], match.Groups[1].Value);
            end = match.Index + match.Length;
        }

        if (end < Value.Length)
        {
            yield return (Value[end..], null);
        }
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Pieces();
}
