using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Marketing.Stores.InProcess;

/// <summary>
/// Up to 64 entries of a cell, laid out for <see cref="BitScan"/>. One writer appends and marks as gone; readers need no
/// lock: an entry is written before the count that lets it be seen.
/// </summary>
internal sealed class CodeBlock(int dimensions)
{
    public const int Size = BitScan.Codes;

    /// <summary>In place of a slot: the entry is gone.</summary>
    public const int Gone = -1;

    private readonly byte[] _columns = new byte[dimensions / BitCode.ComponentsPerByte * Size];
    private readonly float[] _offsets = new float[Size];
    private readonly float[] _factors = new float[Size];
    private readonly int[] _slots = new int[Size];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <returns>False when the block is full.</returns>
    public bool TryAppend(int slot, ReadOnlySpan<byte> bits, BitFactors factors)
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
            Volatile.Write(ref _slots[index], Gone);
        }

        return index >= 0;
    }

    public int Slot(int index) => Volatile.Read(ref _slots[index]);

    /// <summary>Which entries may be better than a threshold, as bits.</summary>
    /// <param name="table">The query.</param>
    /// <param name="product">The query's product with the cell's centroid, less the threshold.</param>
    /// <param name="slack">How far the product with the signs may be off.</param>
    public ulong Candidates(in BitTable table, float product, float slack)
    {
        int count = Count;
        Span<ushort> sums = stackalloc ushort[Size];
        BitScan.Sum(_columns, table.Table, sums);
        Vector512<float> step = Vector512.Create(table.Step);
        Vector512<float> signs = Vector512.Create(table.Base + slack);
        Vector512<float> enough = Vector512.Create(-product);
        ref ushort sum = ref MemoryMarshal.GetReference(sums);
        ulong candidates = 0;
        for (int i = 0; i < Size; i += 16)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.LoadUnsafe(ref sum, (nuint)i));
            Vector512<float> sumOfEntries = Vector512.ConvertToSingle(Vector512.Create(low, high).AsInt32());
            Vector512<float> most = Vector512.Create<float>(_offsets.AsSpan(i))
                + (Vector512.Create<float>(_factors.AsSpan(i)) * ((sumOfEntries * step) + signs));
            candidates |= Vector512.GreaterThanOrEqual(most, enough).ExtractMostSignificantBits() << i;
        }

        return count == Size ? candidates : candidates & ((1UL << count) - 1);
    }
}
