using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Stores.Contents;

/// <summary>Finds whom a payload may name, when only the hash of an erased user is known (<see cref="PayloadUser.MayName"/>).</summary>
internal static partial class PayloadUsers
{
    /// <summary>Returns the user of the payload or, if it names nobody, every quoted text in it.</summary>
    public static IEnumerable<UserId> Of(string payload) => PayloadUser.Find(payload) is { } user
        ? [user]
        : Quoted().Matches(payload).Select(static match => new UserId(Unquote(match.Value)));

    private static string Unquote(string quoted)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(quoted)!;
        }
        catch (JsonException)
        {
            return quoted[1..^1];
        }
    }

    [GeneratedRegex("\"[^\"]+\"", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
