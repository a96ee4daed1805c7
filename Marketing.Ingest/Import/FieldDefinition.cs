using System.Text.RegularExpressions;

namespace Marketing.Ingest.Import;

/// <summary>What an option <c>--field</c> says: <c>userId=household-{household_id}</c>.</summary>
/// <param name="Field">The field of an interaction that is filled.</param>
/// <param name="Value">Text with columns in braces; empty: the field is left out.</param>
internal sealed partial record FieldDefinition(string Field, string Value)
{
    /// <summary>The fields there are.</summary>
    public static readonly IReadOnlyList<string> Known = ["eventId", "userId", "type", "campaignId", "text", "occurredAt"];

    /// <summary>Reads an option.</summary>
    /// <exception cref="FormatException">It is not valid; the message says what would be.</exception>
    public static FieldDefinition Parse(string definition)
    {
        if (definition.Split('=', 2) is not [var name, var value])
        {
            throw new FormatException($"--field {definition} must be NAME=VALUE, such as userId=household-{{household_id}}.");
        }

        var field = Known.FirstOrDefault(known => ColumnName.Same(known, name))
            ?? throw new FormatException($"--field {name.Trim()} is not a field; those are {string.Join(", ", Known)}.");
        return Pieces().Replace(value, string.Empty).AsSpan().IndexOfAny('{', '}') < 0
            ? new FieldDefinition(field, value.Trim())
            : throw new FormatException($"--field {definition} has a brace without the other one; a column is written {{column}}.");
    }

    /// <summary>The text in pieces: what is written, and the inside of the braces behind it; null behind the last.</summary>
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
