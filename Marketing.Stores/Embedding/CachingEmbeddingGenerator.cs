using Microsoft.Extensions.AI;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Caches embeddings, so that no text is embedded twice, not even within a batch. Use it for models called over a network: the local model
/// takes about a microsecond per text, less than hashing and looking it up.
/// </summary>
internal sealed class CachingEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, EmbeddingCache cache)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        (string Text, string Key)[] asked = [.. values.Select(text => (text, cache.Key(text)))];
        var vectors = new Dictionary<string, float[]>();
        var missing = new Dictionary<string, string>();
        foreach ((string text, string key) in asked)
        {
            if (cache.Find(key) is { } vector)
            {
                vectors[key] = vector;
            }
            else
            {
                missing[key] = text;
            }
        }

        if (missing.Count > 0)
        {
            var made = await base.GenerateAsync(missing.Values, options, cancellationToken);
            (string Key, float[] Vector)[] entries = [.. missing.Keys.Zip(made, (key, embedding) => (key, embedding.Vector.ToArray()))];
            cache.Add(entries);
            foreach ((string key, float[] vector) in entries)
            {
                vectors[key] = vector;
            }
        }

        return [.. asked.Select(text => new Embedding<float>(vectors[text.Key]))];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cache.Dispose();
        }

        base.Dispose(disposing);
    }
}
