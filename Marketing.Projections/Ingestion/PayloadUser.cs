using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>Finds the user in a payload that could not be parsed as an interaction, so that an erasure reaches it too.</summary>
public static partial class PayloadUser
{
    /// <summary>Minimum length of an id to search for, because shorter ids are also words, numbers and field names.</summary>
    private const int MinLooseLength = 6;

    /// <summary>
    /// Returns the value of the user field, however it is spelled (<c>userId</c>, <c>user_id</c>, <c>User ID</c>), as text or number,
    /// whether or not the payload is JSON; null if there is none.
    /// </summary>
    public static UserId? Find(string? payload)
    {
        if (payload is null)
        {
            return null;
        }

        string? id;
        try
        {
            using var document = JsonDocument.Parse(payload);
            id = OfObject(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The payload is truncated, in another format, or not valid Unicode.
            id = Field().Match(payload) is { Success: true } match ? match.Groups["id"].Value : null;
        }

        return Identifier.IsValid(id) ? new UserId(id!) : null;
    }

    /// <summary>
    /// Whether a payload names the user (<see cref="Find"/>) or, if it names no one, contains the id as a complete quoted string, as a
    /// field with another name would. Ids of fewer than six characters are not searched for this way.
    /// </summary>
    public static bool MayName(string? payload, UserId user)
    {
        if (payload is null)
        {
            return false;
        }

        if (Find(payload) is { } named)
        {
            return named == user;
        }

        return user.Value.Length >= MinLooseLength
            && (Has(JavaScriptEncoder.Default) || Has(JavaScriptEncoder.UnsafeRelaxedJsonEscaping));

        bool Has(JavaScriptEncoder encoder) => payload.Contains($"\"{encoder.Encode(user.Value)}\"", StringComparison.Ordinal);
    }

    private static string? OfObject(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? inProperties = null;
        foreach (var field in element.EnumerateObject())
        {
            if (IsUser(field.Name) && TextOf(field.Value) is { } id)
            {
                return id;
            }

            inProperties ??= field.Name == "properties" ? OfObject(field.Value) : null;
        }

        return inProperties;
    }

    private static bool IsUser(string name) => string.Concat(name.Where(char.IsLetter)).Equals("userid", StringComparison.OrdinalIgnoreCase);

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    [GeneratedRegex(
        """["']?user[ _-]?id["']?\s*[:=]\s*(?:"(?<id>[^"]*)"|'(?<id>[^']*)'|(?<id>[^\s,;{}\[\]"']+))""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
