using System.Text;
using Microsoft.Net.Http.Headers;

namespace Marketing.Api;

/// <summary>Decides which request bodies count as JSON: only UTF-8, as RFC 8259 requires.</summary>
internal static class JsonContent
{
    /// <summary>The rule as the end of an error message.</summary>
    public const string Rule = "Content-Type must be application/json, in UTF-8";

    /// <summary>Whether a request declares a JSON body in UTF-8.</summary>
    public static bool Is(HttpRequest request) =>
        request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && IsUtf8(type);

    /// <summary>Whether a media type has no charset, or UTF-8.</summary>
    public static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase);
}
