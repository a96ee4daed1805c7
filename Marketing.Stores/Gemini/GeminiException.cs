using System.Net;

namespace Marketing.Stores.Gemini;

/// <summary>The embedding API refused or failed for good. The message never holds a text or the key.</summary>
public sealed class GeminiException(HttpStatusCode status, string message) : HttpRequestException(message, null, status);
