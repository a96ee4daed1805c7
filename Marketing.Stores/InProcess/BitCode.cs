namespace Marketing.Stores.InProcess;

/// <summary>
/// One bit a component: the signs of what lies between a vector and the centroid of its cell. With two figures a vector
/// they give an unbiased estimate of its product with any query, whose error is known
/// (RaBitQ: Gao and Long, SIGMOD 2024).
/// </summary>
/// <remarks>
/// With residual <c>r = x - c</c>, signs <c>b</c> and query <c>q</c>:
/// <c>q·x = q·c + c·r + (q-c)·r</c>, and <c>(q-c)·r ≈ f (q-c)·b</c> with <c>f = |r|²/Σ|rᵢ|</c>. So
/// <c>q·x ≈ q·c + offset + f q·b</c>, where <c>offset = c·r - f c·b</c> is known beforehand.
/// The standard error is about <c>0.6 f |q-c|</c>: the signs of a random direction explain 2/π of it.
/// </remarks>
internal static class BitCode
{
    public const float StandardError = 0.6f;

    /// <summary>Components in a byte of the code: the first four in its low half, the next in its high half.</summary>
    public const int ComponentsPerByte = 8;

    /// <param name="code">The vector's 8-bit code.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="centroids">Where the cells are.</param>
    /// <param name="cell">The vector's cell.</param>
    /// <param name="bits">Gets the signs.</param>
    public static BitFactors Encode(ReadOnlySpan<sbyte> code, float scale, Centroids centroids, int cell, Span<byte> bits)
    {
        ReadOnlySpan<sbyte> centroid = centroids.Code(cell);
        float centroidScale = centroids.Scale(cell);
        float squares = 0;
        float absolutes = 0;
        float product = 0;
        float signedCentroid = 0;
        bits.Clear();
        for (int i = 0; i < code.Length; i++)
        {
            float middle = centroid[i] * centroidScale;
            float residual = (code[i] * scale) - middle;
            bool positive = residual >= 0;
            squares += residual * residual;
            absolutes += positive ? residual : -residual;
            product += middle * residual;
            signedCentroid += positive ? middle : -middle;
            bits[i / ComponentsPerByte] |= (byte)(positive ? 1 << (i % ComponentsPerByte) : 0);
        }

        float factor = absolutes > 0 ? squares / absolutes : 0;
        return new BitFactors(product - (factor * signedCentroid), factor);
    }
}
