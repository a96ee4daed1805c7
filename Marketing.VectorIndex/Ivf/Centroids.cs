using Marketing.VectorIndex.Quantization;

namespace Marketing.VectorIndex.Ivf;

/// <summary>The centroids of the inverted lists, as 8-bit codes.</summary>
internal sealed class Centroids
{
    private readonly sbyte[] _codes;
    private readonly float[] _scales;
    private readonly float[] _halfSquaredNorms;

    /// <param name="codes">The codes, one after another.</param>
    /// <param name="scales">One scale per centroid.</param>
    /// <param name="dimensions">The number of components of a centroid.</param>
    public Centroids(sbyte[] codes, float[] scales, int dimensions)
    {
        _codes = codes;
        _scales = scales;
        Dimensions = dimensions;
        _halfSquaredNorms = new float[scales.Length];
        for (int i = 0; i < scales.Length; i++)
        {
            long squares = 0;
            foreach (sbyte component in Code(i))
            {
                squares += component * component;
            }

            _halfSquaredNorms[i] = squares * scales[i] * scales[i] / 2;
        }
    }

    public int Count => _scales.Length;

    public int Dimensions { get; }

    public ReadOnlySpan<float> Scales => _scales;

    public ReadOnlySpan<sbyte> Codes => _codes;

    public float HalfSquaredNorm(int index) => _halfSquaredNorms[index];

    public float Scale(int index) => _scales[index];

    public ReadOnlySpan<sbyte> Code(int index) => _codes.AsSpan(index * Dimensions, Dimensions);

    /// <summary>
    /// Scores each centroid by <c>v·c - |c|²/2</c>, which orders centroids as the distance does and needs only a product.
    /// </summary>
    public void Score(ReadOnlySpan<short> vector, float scale, Span<float> scores)
    {
        for (int i = 0; i < _scales.Length; i++)
        {
            scores[i] = (DotProduct.Of(vector, Code(i)) * scale * _scales[i]) - _halfSquaredNorms[i];
        }
    }

    public int Nearest(ReadOnlySpan<short> vector, float scale)
    {
        int nearest = 0;
        float best = float.NegativeInfinity;
        for (int i = 0; i < _scales.Length; i++)
        {
            float score = (DotProduct.Of(vector, Code(i)) * scale * _scales[i]) - _halfSquaredNorms[i];
            if (score > best)
            {
                best = score;
                nearest = i;
            }
        }

        return nearest;
    }
}
