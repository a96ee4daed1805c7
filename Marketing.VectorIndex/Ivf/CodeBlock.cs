using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Marketing.VectorIndex.Quantization;

namespace Marketing.VectorIndex.Ivf;

/// <summary>
/// Up to 64 entries of an inverted list, laid out for <see cref="FastScan"/>. One writer appends entries and sets tombstones.
/// Readers need no lock, because an entry is written before the count that makes it visible.
/// </summary>
internal sealed class CodeBlock(int dimensions)
{
    public const int Size = FastScan.Codes;

    /// <summary>Replaces the slot of a removed entry.</summary>
    public const int Tombstone = -1;

    private readonly byte[] _columns = new byte[dimensions / RaBitQCode.ComponentsPerByte * Size];
    private readonly float[] _offsets = new float[Size];
    private readonly float[] _factors = new float[Size];
    private readonly int[] _slots = new int[Size];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <returns>False when the block is full.</returns>
    public bool TryAppend(int slot, ReadOnlySpan<byte> bits, RaBitQFactors factors)
    {
        int index = _count;
        if (index == Size)
        {
            return false;
        }

        int lane = index < Size / 2 ? 2 * index : (2 * index) - Size + 1;
        for (int column = 0; column < bits.Length; column++)
        {
            _columns[(column * Size) + lane] = bits[column];
        }

        _offsets[index] = factors.Offset;
        _factors[index] = factors.Factor;
        _slots[index] = slot;
        Volatile.Write(ref _count, index + 1);
        return true;
    }

    public bool TryRemove(int slot)
    {
        int index = _slots.AsSpan(0, _count).IndexOf(slot);
        if (index >= 0)
        {
            Volatile.Write(ref _slots[index], Tombstone);
        }

        return index >= 0;
    }

    public int Slot(int index) => Volatile.Read(ref _slots[index]);

    /// <summary>Returns a bit mask of the entries that may exceed the threshold.</summary>
    /// <param name="table">The query.</param>
    /// <param name="product">The query's product with the list's centroid, minus the threshold.</param>
    /// <param name="errorBound">The largest error of the product with the signs.</param>
    public ulong Candidates(in FastScanTable table, float product, float errorBound)
    {
        int count = Count;
        Span<ushort> sums = stackalloc ushort[Size];
        FastScan.Sum(_columns, table.Table, sums);
        Vector512<float> step = Vector512.Create(table.Step);
        Vector512<float> signs = Vector512.Create(table.Base + errorBound);
        Vector512<float> threshold = Vector512.Create(-product);
        ref ushort sum = ref MemoryMarshal.GetReference(sums);
        ulong candidates = 0;
        for (int i = 0; i < Size; i += 16)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.LoadUnsafe(ref sum, (nuint)i));
            Vector512<float> sumOfEntries = Vector512.ConvertToSingle(Vector512.Create(low, high).AsInt32());
            Vector512<float> upperBound = Vector512.Create<float>(_offsets.AsSpan(i))
                + (Vector512.Create<float>(_factors.AsSpan(i)) * ((sumOfEntries * step) + signs));
            candidates |= Vector512.GreaterThanOrEqual(upperBound, threshold).ExtractMostSignificantBits() << i;
        }

        return count == Size ? candidates : candidates & ((1UL << count) - 1);
    }
}
