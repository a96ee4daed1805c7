using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Marketing.VectorIndex.Ivf;

/// <summary>
/// One bit per component: the signs of the residual, which is the vector minus the centroid of its inverted list. With two
/// factors per vector they give an unbiased estimate of its inner product with any query, with a known error
/// (RaBitQ: Gao and Long, SIGMOD 2024).
/// </summary>
/// <remarks>
/// With residual <c>r = x - c</c>, signs <c>b</c> and query <c>q</c>:
/// <c>q·x = q·c + c·r + (q-c)·r</c>, and <c>(q-c)·r ≈ f (q-c)·b</c> with <c>f = |r|²/Σ|rᵢ|</c>. So
/// <c>q·x ≈ q·c + offset + f q·b</c>, where <c>offset = c·r - f c·b</c> is computed once.
/// The standard error is about <c>0.6 f |q-c|</c>: the signs of a random direction explain 2/π of it.
/// </remarks>
internal static class RaBitQCode
{
    public const float StandardError = 0.6f;

    /// <summary>Components in a byte of the code: the first four in its low half, the next in its high half.</summary>
    public const int ComponentsPerByte = 8;

    /// <param name="code">The vector's 8-bit code.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="centroids">The centroids of the lists.</param>
    /// <param name="list">The list the vector belongs to.</param>
    /// <param name="bits">Gets the signs.</param>
    public static RaBitQFactors Encode(ReadOnlySpan<sbyte> code, float scale, Centroids centroids, int list, Span<byte> bits)
    {
        ReadOnlySpan<sbyte> centroid = centroids.Code(list);
        Vector512<float> squares = Vector512<float>.Zero;
        Vector512<float> absolutes = Vector512<float>.Zero;
        Vector512<float> products = Vector512<float>.Zero;
        Vector512<float> signedCentroid = Vector512<float>.Zero;
        for (int i = 0; i < code.Length; i += Vector512<float>.Count)
        {
            Vector512<float> middle = Components(centroid[i..], centroids.Scale(list));
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
        return new RaBitQFactors(Vector512.Sum(products) - (factor * Vector512.Sum(signedCentroid)), factor);
    }

    private static Vector512<float> Components(ReadOnlySpan<sbyte> code, float scale)
    {
        Vector256<short> words = Vector256.WidenLower(Vector128.Create(code).ToVector256());
        return Vector512.ConvertToSingle(Vector512.WidenLower(words.ToVector512())) * scale;
    }
}

/// <summary>Turns the product of a query and the signs of a code into an estimate, see <see cref="RaBitQCode"/>.</summary>
/// <param name="Offset">Added to the product.</param>
/// <param name="Factor">Multiplied with the product.</param>
internal readonly record struct RaBitQFactors(float Offset, float Factor);
