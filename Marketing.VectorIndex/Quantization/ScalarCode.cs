namespace Marketing.VectorIndex.Quantization;

/// <summary>
/// Eight bits per component with one scale per vector: a component is <c>code × scale</c>, at most half a scale off. A ninth
/// bit, the refinement, gives the sign of the rounding error: <c>(code ± ¼) × scale</c>. It is stored separately because only
/// the best matches need it.
/// </summary>
internal static class ScalarCode
{
    /// <summary>The average distance of a component from its code, in scales.</summary>
    public const float RefinementStep = 0.25f;

    /// <returns>The scale; zero for the zero vector.</returns>
    public static float Encode(ReadOnlySpan<float> vector, Span<sbyte> code)
    {
        float scale = MaxAbsolute(vector) / sbyte.MaxValue;
        float inverse = scale > 0 ? 1 / scale : 0;
        for (int i = 0; i < vector.Length; i++)
        {
            code[i] = (sbyte)MathF.Round(vector[i] * inverse);
        }

        return scale;
    }

    /// <summary>The ninth bits of an encoded vector.</summary>
    public static void EncodeRefinement(ReadOnlySpan<float> vector, ReadOnlySpan<sbyte> code, float scale, Span<byte> refinement)
    {
        refinement.Clear();
        for (int i = 0; i < vector.Length; i++)
        {
            refinement[i / 8] |= (byte)(vector[i] >= code[i] * scale ? 1 << (i % 8) : 0);
        }
    }

    public static void Decode(ReadOnlySpan<sbyte> code, ReadOnlySpan<byte> refinement, float scale, Span<float> vector)
    {
        for (int i = 0; i < code.Length; i++)
        {
            bool above = (refinement[i / 8] >> (i % 8) & 1) == 1;
            vector[i] = (code[i] + (above ? RefinementStep : -RefinementStep)) * scale;
        }
    }

    /// <summary>Sixteen bits per component, for the query.</summary>
    /// <returns>The scale; zero for the zero vector.</returns>
    public static float EncodeWide(ReadOnlySpan<float> vector, Span<short> code)
    {
        float scale = MaxAbsolute(vector) / short.MaxValue;
        float inverse = scale > 0 ? 1 / scale : 0;
        for (int i = 0; i < vector.Length; i++)
        {
            code[i] = (short)MathF.Round(vector[i] * inverse);
        }

        return scale;
    }

    public static void Decode(ReadOnlySpan<sbyte> code, float scale, Span<float> vector)
    {
        for (int i = 0; i < code.Length; i++)
        {
            vector[i] = code[i] * scale;
        }
    }

    public static void Widen(ReadOnlySpan<sbyte> code, Span<short> wide)
    {
        for (int i = 0; i < code.Length; i++)
        {
            wide[i] = code[i];
        }
    }

    private static float MaxAbsolute(ReadOnlySpan<float> vector)
    {
        float largest = 0;
        foreach (float component in vector)
        {
            largest = MathF.Max(largest, MathF.Abs(component));
        }

        return largest;
    }
}
