using System.Net;

namespace Marketing.Stores.Gemini;

/// <summary>Thrown when the embedding API rejects a request or fails after all retries; never contains a text or the key.</summary>
public sealed class GeminiException(HttpStatusCode status, string message) : HttpRequestException(message, null, status);
