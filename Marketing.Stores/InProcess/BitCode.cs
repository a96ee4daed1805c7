using System.Buffers.Binary;
using System.Runtime.Intrinsics;

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
        Vector512<float> squares = Vector512<float>.Zero;
        Vector512<float> absolutes = Vector512<float>.Zero;
        Vector512<float> products = Vector512<float>.Zero;
        Vector512<float> signedCentroid = Vector512<float>.Zero;
        for (int i = 0; i < code.Length; i += Vector512<float>.Count)
        {
            Vector512<float> middle = Components(centroid[i..], centroids.Scale(cell));
            Vector512<float> residual = Components(code[i..], scale) - middle;
            Vector512<float> positive = Vector512.GreaterThanOrEqual(residual, Vector512<float>.Zero);
            squares += residual * residual;
            absolutes += Vector512.Abs(residual);
            products += middle * residual;
            signedCentroid += Vector512.ConditionalSelect(positive, middle, -middle);
            BinaryPrimitives.WriteUInt16LittleEndian(bits[(i / ComponentsPerByte)..], (ushort)positive.ExtractMostSignificantBits());
        }

        float sumOfAbsolutes = Vector512.Sum(absolutes);
        float factor = sumOfAbsolutes > 0 ? Vector512.Sum(squares) / sumOfAbsolutes : 0;
        return new BitFactors(Vector512.Sum(products) - (factor * Vector512.Sum(signedCentroid)), factor);
    }

    private static Vector512<float> Components(ReadOnlySpan<sbyte> code, float scale)
    {
        Vector256<short> words = Vector256.WidenLower(Vector128.Create(code).ToVector256());
        return Vector512.ConvertToSingle(Vector512.WidenLower(words.ToVector512())) * scale;
    }
}
