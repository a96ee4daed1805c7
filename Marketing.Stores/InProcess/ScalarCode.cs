namespace Marketing.Stores.InProcess;

/// <summary>
/// Eight bits a component with one scale a vector: a component is <c>code × scale</c>, at most half a scale off. A ninth
/// bit, kept apart because only the best are compared that closely, says on which side: <c>(code ± ¼) × scale</c>.
/// </summary>
internal static class ScalarCode
{
    /// <summary>How far a component is from its code on average, in scales.</summary>
    public const float SideStep = 0.25f;

    /// <returns>The scale; zero for the zero vector.</returns>
    public static float Encode(ReadOnlySpan<float> vector, Span<sbyte> code)
    {
        float scale = Largest(vector) / sbyte.MaxValue;
        float inverse = scale > 0 ? 1 / scale : 0;
        for (int i = 0; i < vector.Length; i++)
        {
            code[i] = (sbyte)MathF.Round(vector[i] * inverse);
        }

        return scale;
    }

    /// <summary>The ninth bits of a vector that was encoded.</summary>
    public static void EncodeSides(ReadOnlySpan<float> vector, ReadOnlySpan<sbyte> code, float scale, Span<byte> sides)
    {
        sides.Clear();
        for (int i = 0; i < vector.Length; i++)
        {
            sides[i / 8] |= (byte)(vector[i] >= code[i] * scale ? 1 << (i % 8) : 0);
        }
    }

    public static void Decode(ReadOnlySpan<sbyte> code, ReadOnlySpan<byte> sides, float scale, Span<float> vector)
    {
        for (int i = 0; i < code.Length; i++)
        {
            bool above = (sides[i / 8] >> (i % 8) & 1) == 1;
            vector[i] = (code[i] + (above ? SideStep : -SideStep)) * scale;
        }
    }

    /// <summary>Sixteen bits a component, for the one vector that is compared with many.</summary>
    /// <returns>The scale; zero for the zero vector.</returns>
    public static float EncodeWide(ReadOnlySpan<float> vector, Span<short> code)
    {
        float scale = Largest(vector) / short.MaxValue;
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

    private static float Largest(ReadOnlySpan<float> vector)
    {
        float largest = 0;
        foreach (float component in vector)
        {
            largest = MathF.Max(largest, MathF.Abs(component));
        }

        return largest;
    }
}
