namespace Marketing.Stores.InProcess;

/// <summary>The middles of the cells that the space is divided into, as 8-bit codes.</summary>
internal sealed class Centroids
{
    private readonly sbyte[] _codes;
    private readonly float[] _scales;
    private readonly float[] _halfSquares;

    /// <param name="codes">Code after code.</param>
    /// <param name="scales">One a centroid.</param>
    /// <param name="dimensions">Components of a centroid.</param>
    public Centroids(sbyte[] codes, float[] scales, int dimensions)
    {
        _codes = codes;
        _scales = scales;
        Dimensions = dimensions;
        _halfSquares = new float[scales.Length];
        for (int i = 0; i < scales.Length; i++)
        {
            long squares = 0;
            foreach (sbyte component in Code(i))
            {
                squares += component * component;
            }

            _halfSquares[i] = squares * scales[i] * scales[i] / 2;
        }
    }

    public int Count => _scales.Length;

    public int Dimensions { get; }

    public ReadOnlySpan<float> Scales => _scales;

    public ReadOnlySpan<sbyte> Codes => _codes;

    public float HalfSquare(int index) => _halfSquares[index];

    public float Scale(int index) => _scales[index];

    public ReadOnlySpan<sbyte> Code(int index) => _codes.AsSpan(index * Dimensions, Dimensions);

    /// <summary>
    /// How near each centroid is: <c>v·c - |c|²/2</c>, which orders as the distance does and needs only a product.
    /// </summary>
    public void Nearness(ReadOnlySpan<short> vector, float scale, Span<float> nearness)
    {
        for (int i = 0; i < _scales.Length; i++)
        {
            nearness[i] = (DotProduct.Of(vector, Code(i)) * scale * _scales[i]) - _halfSquares[i];
        }
    }

    public int Nearest(ReadOnlySpan<short> vector, float scale)
    {
        int nearest = 0;
        float best = float.NegativeInfinity;
        for (int i = 0; i < _scales.Length; i++)
        {
            float nearness = (DotProduct.Of(vector, Code(i)) * scale * _scales[i]) - _halfSquares[i];
            if (nearness > best)
            {
                best = nearness;
                nearest = i;
            }
        }

        return nearest;
    }
}
