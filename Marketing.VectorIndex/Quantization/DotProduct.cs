using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Marketing.VectorIndex.Quantization;

/// <summary>Inner products of a 16-bit and an 8-bit code, in integers, so that every kernel gives the same result.</summary>
internal static class DotProduct
{
    /// <param name="left">A multiple of 64 components, at most 8,192: no sum of 32 bits overflows.</param>
    /// <param name="right">At least as many.</param>
    public static int Of(ReadOnlySpan<short> left, ReadOnlySpan<sbyte> right)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(right.Length, left.Length);
        ref short l = ref MemoryMarshal.GetReference(left);
        ref sbyte r = ref MemoryMarshal.GetReference(right);
        return Avx512BW.IsSupported ? Avx512Kernel(ref l, ref r, left.Length)
            : Avx2.IsSupported ? Avx2Kernel(ref l, ref r, left.Length)
            : PortableKernel(ref l, ref r, left.Length);
    }

    internal static int Avx512Kernel(ref short left, ref sbyte right, int length)
    {
        Vector512<int> even = Vector512<int>.Zero;
        Vector512<int> odd = Vector512<int>.Zero;
        for (nuint i = 0; i < (nuint)length; i += 64)
        {
            Vector512<short> first = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref right, i));
            Vector512<short> second = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref right, i + 32));
            even += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref left, i), first);
            odd += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref left, i + 32), second);
        }

        return Vector512.Sum(even + odd);
    }

    internal static int Avx2Kernel(ref short left, ref sbyte right, int length)
    {
        Vector256<int> even = Vector256<int>.Zero;
        Vector256<int> odd = Vector256<int>.Zero;
        for (nuint i = 0; i < (nuint)length; i += 32)
        {
            Vector256<short> first = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, i));
            Vector256<short> second = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, i + 16));
            even += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref left, i), first);
            odd += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref left, i + 16), second);
        }

        return Vector256.Sum(even + odd);
    }

    internal static int PortableKernel(ref short left, ref sbyte right, int length)
    {
        Vector128<int> sum = Vector128<int>.Zero;
        for (nuint i = 0; i < (nuint)length; i += 16)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref right, i));
            sum += Products(Vector128.LoadUnsafe(ref left, i), low) + Products(Vector128.LoadUnsafe(ref left, i + 8), high);
        }

        return Vector128.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Products(Vector128<short> left, Vector128<short> right)
    {
        (Vector128<int> leftLow, Vector128<int> leftHigh) = Vector128.Widen(left);
        (Vector128<int> rightLow, Vector128<int> rightHigh) = Vector128.Widen(right);
        return (leftLow * rightLow) + (leftHigh * rightHigh);
    }
}
