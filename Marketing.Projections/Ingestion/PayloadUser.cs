using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>Tells whom a payload concerns that could not be read as an interaction: whoever is erased is erased from there too.</summary>
public static partial class PayloadUser
{
    /// <summary>Shorter ids are also words, numbers and names of fields.</summary>
    private const int MinLooseLength = 6;

    /// <summary>
    /// The value of the user's field, however its name is spelled (<c>userId</c>, <c>user_id</c>, <c>User ID</c>), be it a text or a
    /// number, and whether or not the payload is JSON. Null when there is none.
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
            // Cut off, another format, or a text that is no Unicode.
            id = Field().Match(payload) is { Success: true } match ? match.Groups["id"].Value : null;
        }

        return Identifier.IsValid(id) ? new UserId(id!) : null;
    }

    /// <summary>
    /// Whether a payload names a user for certain (<see cref="Find"/>), or, when it names nobody so, has the id as a whole text in
    /// quotes, as the value of a field of another name has. An id of fewer than six characters is not looked for in that way.
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
