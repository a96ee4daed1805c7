using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.RateLimiting;
using Marketing.Stores.Embedding;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Gemini;

/// <summary>
/// Embeddings from the Gemini API (<c>models/{model}:batchEmbedContents</c>), L2-normalized here because the API normalizes only vectors of
/// full length. The HTTP client retries (see <see cref="GeminiRegistration"/>).
/// </summary>
internal sealed class GeminiEmbeddingGenerator(
    HttpClient http, IOptions<GeminiOptions> options, [FromKeyedServices(GeminiOptions.Section)] RateLimiter budget)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Characters per token of English text, rounded down so that token use is never underestimated.</summary>
    private const int CharactersPerToken = 3;

    private readonly GeminiOptions _options = options.Value;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var batch in values.Chunk(_options.BatchSize))
        {
            await SpendAsync(batch, cancellationToken);
            foreach (var vector in await EmbedAsync(batch, cancellationToken))
            {
                embeddings.Add(new Embedding<float>(vector) { ModelId = _options.Model });
            }
        }

        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata)
            ? new EmbeddingGeneratorMetadata("gemini", _options.Endpoint, _options.Model, _options.Dimensions)
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The container owns the client and the budget.
    }

    private async Task SpendAsync(string[] batch, CancellationToken cancellationToken)
    {
        var tokens = batch.Sum(text => (text.Length / CharactersPerToken) + 1);
        using var lease = await budget.AcquireAsync(Math.Min(tokens, _options.TokensPerMinute), cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new GeminiException(HttpStatusCode.TooManyRequests, "The token budget for Gemini is used up, and too many requests are already waiting for it.");
        }
    }

    private async Task<IEnumerable<float[]>> EmbedAsync(string[] batch, CancellationToken cancellationToken)
    {
        var model = $"models/{_options.Model}";
        var request = new BatchEmbedRequest([.. batch.Select(text =>
            new EmbedRequest(model, new EmbedContent([new EmbedPart(text)]), _options.TaskType, _options.Dimensions))]);
        using var response = await http.PostAsJsonAsync(
            $"{model}:batchEmbedContents", request, GeminiJson.Default.BatchEmbedRequest, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await FailureAsync(response, cancellationToken);
        }

        var answer = await response.Content.ReadFromJsonAsync(GeminiJson.Default.BatchEmbedResponse, cancellationToken);
        if (answer?.Embeddings?.Count != batch.Length)
        {
            throw new GeminiException(response.StatusCode, $"Gemini returned {answer?.Embeddings?.Count ?? 0} embeddings for {batch.Length} texts.");
        }

        return answer.Embeddings.Select(Normalize);
    }

    private float[] Normalize(EmbedValues embedding)
    {
        if (embedding.Values?.Length != _options.Dimensions)
        {
            throw new GeminiException(
                HttpStatusCode.OK, $"Gemini returned a vector with {embedding.Values?.Length ?? 0} components instead of {_options.Dimensions}.");
        }

        return UnitVector.Normalize(embedding.Values);
    }

    /// <summary>Builds the error from the status only, because the API's own message may quote the input.</summary>
    private static async Task<GeminiException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string? status = null;
        try
        {
            status = (await response.Content.ReadFromJsonAsync(GeminiJson.Default.ErrorResponse, cancellationToken))?.Error?.Status;
        }
        catch (JsonException)
        {
            // A proxy's error page: the status code is enough.
        }

        return new GeminiException(response.StatusCode, $"Gemini responded with {(int)response.StatusCode} {status ?? response.ReasonPhrase}.");
    }
}
