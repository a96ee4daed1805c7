using System.Net;
using System.Text.Json.Serialization;

namespace Marketing.Stores.Gemini;

// The request and response documents of POST models/{model}:batchEmbedContents.

internal sealed record BatchEmbedRequest(IReadOnlyList<EmbedRequest> Requests);

internal sealed record EmbedRequest(string Model, EmbedContent Content, string TaskType, int OutputDimensionality);

internal sealed record EmbedContent(IReadOnlyList<EmbedPart> Parts);

internal sealed record EmbedPart(string Text);

internal sealed record BatchEmbedResponse(IReadOnlyList<EmbedValues>? Embeddings);

internal sealed record EmbedValues(float[]? Values);

internal sealed record ErrorResponse(ErrorBody? Error);

internal sealed record ErrorBody(int Code, string? Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchEmbedRequest))]
[JsonSerializable(typeof(BatchEmbedResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class GeminiJson : JsonSerializerContext;

/// <summary>Thrown when the embedding API rejects a request or fails after all retries; never contains a text or the key.</summary>
public sealed class GeminiException(HttpStatusCode status, string message) : HttpRequestException(message, null, status);
