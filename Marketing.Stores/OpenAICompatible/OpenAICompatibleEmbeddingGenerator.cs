using System.ClientModel;
using Marketing.Stores.Embedding;
using Microsoft.Extensions.AI;

namespace Marketing.Stores.OpenAICompatible;

/// <summary>
/// Splits texts into batches that the server accepts, checks the number and size of the returned vectors, and normalizes them. An error
/// contains only the status, because the server's own message may quote a text.
/// </summary>
internal sealed class OpenAICompatibleEmbeddingGenerator(
    IEmbeddingGenerator<string, Embedding<float>> inner, OpenAICompatibleOptions settings)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <exception cref="HttpRequestException">The server rejected the request, failed after all retries, or answered wrongly.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var batch in values.Chunk(settings.BatchSize))
        {
            var answer = await AskAsync(batch, options, cancellationToken);
            if (answer.Count != batch.Length)
            {
                throw new HttpRequestException($"The embedding API returned {answer.Count} embeddings for {batch.Length} texts.");
            }

            embeddings.AddRange(answer.Select(Checked));
        }

        return embeddings;
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(
        string[] batch, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return await base.GenerateAsync(batch, options, cancellationToken);
        }
        catch (ClientResultException exception)
        {
            throw new HttpRequestException(
                exception.Status > 0 ? $"The embedding API responded with {exception.Status}." : "The embedding API did not respond.");
        }
    }

    private Embedding<float> Checked(Embedding<float> embedding) => embedding.Vector.Length == settings.Dimensions
        ? new Embedding<float>(UnitVector.Normalize(embedding.Vector.ToArray())) { ModelId = settings.Model }
        : throw new HttpRequestException(
            $"The embedding API returned a vector with {embedding.Vector.Length} components, but OpenAI:Dimensions is {settings.Dimensions}.");
}
