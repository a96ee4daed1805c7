using System.Numerics.Tensors;
using Marketing.Stores.Embedding;

namespace Marketing.Benchmarks.Vectors;

/// <summary>Real embeddings, plus any number of variants: the same texts with a word removed and noise added.</summary>
internal sealed class VectorWorld
{
    public const int Dimensions = 256;

    private VectorWorld(List<float[]> indexed, List<float[]> queries)
    {
        Indexed = indexed;
        Queries = queries;
    }

    public List<float[]> Indexed { get; }

    /// <summary>Embeddings of texts that are not indexed, not even as variants.</summary>
    public List<float[]> Queries { get; }

    public static VectorWorld Make(IReadOnlyList<string> texts, int count, int queries, int seed)
    {
        var random = new Random(seed);
        string[] shuffled = [.. texts];
        random.Shuffle(shuffled);
        using var generator = StaticEmbeddingGenerator.Load();
        var asked = shuffled.Take(queries).Select(text => generator.Embed(text)).ToList();
        var indexed = new List<float[]>(count);
        for (int i = 0; i < count; i++)
        {
            string text = shuffled[queries + (i % (shuffled.Length - queries))];
            indexed.Add(i < shuffled.Length - queries ? generator.Embed(text) : Noisy(generator.Embed(WithoutWord(text, random)), random));
        }

        return new VectorWorld(indexed, asked);
    }

    private static string WithoutWord(string text, Random random)
    {
        List<string> words = [.. text.Split(' ')];
        if (words.Count > 2)
        {
            words.RemoveAt(random.Next(words.Count));
        }

        return string.Join(' ', words);
    }

    /// <summary>Adds noise with a third of the vector's length.</summary>
    private static float[] Noisy(float[] vector, Random random)
    {
        float size = 0.3f / MathF.Sqrt(vector.Length);
        for (int i = 0; i < vector.Length; i++)
        {
            double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            vector[i] += size * (float)gaussian;
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
