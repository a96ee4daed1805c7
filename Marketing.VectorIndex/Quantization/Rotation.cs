using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Marketing.VectorIndex.Quantization;

/// <summary>
/// A random rotation in O(d log d): rounds of random signs and a fast Walsh-Hadamard transform (Ailon and Chazelle 2006).
/// Lengths and angles do not change; a vector is spread evenly over its components, which makes the estimates of one-bit
/// codes unbiased.
/// </summary>
internal sealed class Rotation
{
    /// <summary>The seed of every index. Part of the file format, because codes are only comparable under the same rotation.</summary>
    public const int Seed = 20_261;

    private const int Rounds = 4;

    private readonly float[][] _signs;
    private readonly int _window;
    private readonly int _dimensions;

    /// <param name="dimensions">The number of components of a vector.</param>
    /// <param name="seed">The same seed gives the same rotation, on every machine.</param>
    public Rotation(int dimensions, int seed)
    {
        _dimensions = dimensions;
        PaddedDimensions = (dimensions + 63) / 64 * 64;
        _window = (int)(BitOperations.RoundUpToPowerOf2((uint)PaddedDimensions + 1) / 2);
        var random = new Random(seed);
        _signs = [.. Enumerable.Range(0, Rounds).Select(_ => RandomSigns(random, PaddedDimensions))];
    }

    /// <summary>The number of components of a rotated vector: the next multiple of 64; vectors are padded with zeros.</summary>
    public int PaddedDimensions { get; }

    public void Apply(ReadOnlySpan<float> vector, Span<float> rotated)
    {
        vector[.._dimensions].CopyTo(rotated);
        rotated[_dimensions..PaddedDimensions].Clear();
        for (int round = 0; round < Rounds; round++)
        {
            Multiply(rotated, _signs[round]);
            WalshHadamard(Window(rotated, round));
        }
    }

    /// <summary>Undoes the rotation in place; the first components are the vector.</summary>
    public void ApplyInverse(Span<float> rotated)
    {
        for (int round = Rounds - 1; round >= 0; round--)
        {
            WalshHadamard(Window(rotated, round));
            Multiply(rotated, _signs[round]);
        }
    }

    /// <summary>A transform needs a power of two: for other lengths the rounds alternate between the head and the tail.</summary>
    private Span<float> Window(Span<float> vector, int round) =>
        vector.Slice(round % 2 == 0 ? 0 : PaddedDimensions - _window, _window);

    private static void WalshHadamard(Span<float> values)
    {
        int width = 1;
        for (; width < 16; width *= 2)
        {
            for (int i = 0; i < values.Length; i += 2 * width)
            {
                for (int j = i; j < i + width; j++)
                {
                    (values[j], values[j + width]) = (values[j] + values[j + width], values[j] - values[j + width]);
                }
            }
        }

        Span<Vector512<float>> wide = MemoryMarshal.Cast<float, Vector512<float>>(values);
        for (width = 1; width < wide.Length; width *= 2)
        {
            for (int i = 0; i < wide.Length; i += 2 * width)
            {
                for (int j = i; j < i + width; j++)
                {
                    (wide[j], wide[j + width]) = (wide[j] + wide[j + width], wide[j] - wide[j + width]);
                }
            }
        }

        float scale = 1 / MathF.Sqrt(values.Length);
        foreach (ref Vector512<float> part in wide)
        {
            part *= scale;
        }
    }

    private static void Multiply(Span<float> values, float[] signs)
    {
        Span<Vector512<float>> wide = MemoryMarshal.Cast<float, Vector512<float>>(values);
        ReadOnlySpan<Vector512<float>> factors = MemoryMarshal.Cast<float, Vector512<float>>(signs);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] *= factors[i];
        }
    }

    private static float[] RandomSigns(Random random, int count)
    {
        float[] signs = new float[count];
        foreach (ref float sign in signs.AsSpan())
        {
            sign = random.Next(2) == 0 ? -1 : 1;
        }

        return signs;
    }
}
