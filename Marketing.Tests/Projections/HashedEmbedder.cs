using Marketing.Domain.Text;
using Microsoft.Extensions.AI;

namespace Marketing.Tests.Projections;

/// <summary>Embeds a text by a few hashed words, and rejects a text with <see cref="Poison"/>, as a model may.</summary>
internal sealed class HashedEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 32;
    public const string Poison = "poison";

    /// <summary>The error of every call while the model is down.</summary>
    public Exception? Down { get; set; }

    /// <summary>A word that the model rejects without saying that the text is at fault.</summary>
    public string? Refused { get; set; }

    public static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var term in TextTerms.Of(text))
        {
            vector[term % Dimensions] += term % 7 < 3 ? 1 : -1;
        }

        var norm = MathF.Sqrt(vector.Sum(component => component * component));
        return norm == 0 ? vector : [.. vector.Select(component => component / norm)];
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Down is not null)
        {
            throw Down;
        }

        if (values.FirstOrDefault(text => text.Contains(Poison, StringComparison.Ordinal)) is { } poison)
        {
            throw new FormatException($"Cannot embed '{poison}'.");
        }

        if (Refused is { } word && values.Any(text => text.Contains(word, StringComparison.Ordinal)))
        {
            throw new HttpRequestException("Bad request.");
        }

        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
            values.Select(text => new Embedding<float>(Embed(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
