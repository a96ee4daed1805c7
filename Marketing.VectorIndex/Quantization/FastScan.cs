using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Marketing.VectorIndex.Ivf;

namespace Marketing.VectorIndex.Quantization;

/// <summary>Sums the entries of a <see cref="FastScanTable"/> for the 64 codes of a block; every kernel gives the same sums.</summary>
/// <remarks>
/// A column holds one byte of each code. A 16-bit lane holds the sum of an even code plus 256 times that of its odd neighbor;
/// a second lane holds the odd sum alone, and a subtraction separates them. So the sums of even bytes come first, then those
/// of odd bytes: <see cref="CodeBlock"/> lays its entries out in that order.
/// </remarks>
internal static class FastScan
{
    public const int Codes = 64;

    public static void Sum(ReadOnlySpan<byte> columns, ReadOnlySpan<byte> table, Span<ushort> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Length, columns.Length / Codes * 2 * FastScanTable.BytesPerGroup);
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, Codes);
        ref byte c = ref MemoryMarshal.GetReference(columns);
        ref byte t = ref MemoryMarshal.GetReference(table);
        ref ushort s = ref MemoryMarshal.GetReference(sums);
        if (Avx512BW.IsSupported)
        {
            Avx512Kernel(ref c, ref t, columns.Length, ref s);
        }
        else if (Avx2.IsSupported)
        {
            Avx2Kernel(ref c, ref t, columns.Length, ref s);
        }
        else
        {
            PortableKernel(ref c, ref t, columns.Length, ref s);
        }
    }

    internal static void Avx512Kernel(ref byte columns, ref byte table, int length, ref ushort sums)
    {
        Vector512<byte> mask = Vector512.Create((byte)0x0F);
        Vector512<ushort> both = Vector512<ushort>.Zero;
        Vector512<ushort> odd = Vector512<ushort>.Zero;
        for (nuint i = 0; i < (nuint)length; i += Codes)
        {
            Vector512<byte> column = Vector512.LoadUnsafe(ref columns, i);
            Vector512<byte> high = (column.AsUInt16() >> 4).AsByte() & mask;
            Vector512<ushort> added = (
                Avx512BW.Shuffle(Vector512.LoadUnsafe(ref table, 2 * i), column & mask)
                + Avx512BW.Shuffle(Vector512.LoadUnsafe(ref table, (2 * i) + FastScanTable.BytesPerGroup), high)).AsUInt16();
            both += added;
            odd += added >> 8;
        }

        (both - (odd << 8)).StoreUnsafe(ref sums);
        odd.StoreUnsafe(ref sums, Codes / 2);
    }

    internal static void Avx2Kernel(ref byte columns, ref byte table, int length, ref ushort sums)
    {
        Vector256<byte> mask = Vector256.Create((byte)0x0F);
        for (nuint part = 0; part < Codes; part += 32)
        {
            Vector256<ushort> both = Vector256<ushort>.Zero;
            Vector256<ushort> odd = Vector256<ushort>.Zero;
            for (nuint i = 0; i < (nuint)length; i += Codes)
            {
                Vector256<byte> column = Vector256.LoadUnsafe(ref columns, i + part);
                Vector256<byte> high = (column.AsUInt16() >> 4).AsByte() & mask;
                Vector256<ushort> added = (
                    Avx2.Shuffle(Vector256.LoadUnsafe(ref table, 2 * i), column & mask)
                    + Avx2.Shuffle(Vector256.LoadUnsafe(ref table, (2 * i) + FastScanTable.BytesPerGroup), high)).AsUInt16();
                both += added;
                odd += added >> 8;
            }

            (both - (odd << 8)).StoreUnsafe(ref sums, part / 2);
            odd.StoreUnsafe(ref sums, (part / 2) + (Codes / 2));
        }
    }

    internal static void PortableKernel(ref byte columns, ref byte table, int length, ref ushort sums)
    {
        Vector128<byte> mask = Vector128.Create((byte)0x0F);
        for (nuint part = 0; part < Codes; part += 16)
        {
            Vector128<ushort> both = Vector128<ushort>.Zero;
            Vector128<ushort> odd = Vector128<ushort>.Zero;
            for (nuint i = 0; i < (nuint)length; i += Codes)
            {
                Vector128<byte> column = Vector128.LoadUnsafe(ref columns, i + part);
                Vector128<byte> high = (column.AsUInt16() >> 4).AsByte() & mask;
                Vector128<ushort> added = (
                    Vector128.ShuffleNative(Vector128.LoadUnsafe(ref table, 2 * i), column & mask)
                    + Vector128.ShuffleNative(Vector128.LoadUnsafe(ref table, (2 * i) + FastScanTable.BytesPerGroup), high)).AsUInt16();
                both += added;
                odd += added >> 8;
            }

            (both - (odd << 8)).StoreUnsafe(ref sums, part / 2);
            odd.StoreUnsafe(ref sums, (part / 2) + (Codes / 2));
        }
    }
}
