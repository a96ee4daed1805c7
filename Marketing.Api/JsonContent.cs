using System.Text;
using Microsoft.Net.Http.Headers;

namespace Marketing.Api;

/// <summary>Which bodies are taken as JSON: in UTF-8, as RFC 8259 has it.</summary>
internal static class JsonContent
{
    /// <summary>The rule, to end a sentence with.</summary>
    public const string Rule = "Content-Type must be application/json, in UTF-8";

    /// <summary>Whether a request says that its body is JSON.</summary>
    public static bool Is(HttpRequest request) =>
        request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && IsUtf8(type);

    /// <summary>Whether a media type has no charset, or this one.</summary>
    public static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase);
}
