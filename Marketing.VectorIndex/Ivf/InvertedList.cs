namespace Marketing.VectorIndex.Ivf;

/// <summary>The entries nearest to one centroid. One writer; readers use <see cref="Blocks"/> and need no lock.</summary>
internal sealed class InvertedList(int dimensions)
{
    private CodeBlock[] _blocks = [];
    private int _tombstones;

    public ReadOnlySpan<CodeBlock> Blocks => Volatile.Read(ref _blocks);

    public void Append(int slot, ReadOnlySpan<byte> bits, RaBitQFactors factors)
    {
        if (_blocks.Length > 0 && _blocks[^1].TryAppend(slot, bits, factors))
        {
            return;
        }

        var block = new CodeBlock(dimensions);
        _ = block.TryAppend(slot, bits, factors);
        Volatile.Write(ref _blocks, [.. _blocks, block]);
    }

    /// <returns>True when so many entries are tombstones that the list should be compacted.</returns>
    public bool Remove(int slot)
    {
        foreach (CodeBlock block in _blocks)
        {
            if (block.TryRemove(slot))
            {
                _tombstones++;
                break;
            }
        }

        return _tombstones >= CodeBlock.Size && _tombstones * 2 > _blocks.Length * CodeBlock.Size;
    }

    /// <summary>The slots of the entries that are not removed.</summary>
    public List<int> LiveSlots()
    {
        var slots = new List<int>();
        foreach (CodeBlock block in _blocks)
        {
            for (int i = 0; i < block.Count; i++)
            {
                if (block.Slot(i) != CodeBlock.Tombstone)
                {
                    slots.Add(block.Slot(i));
                }
            }
        }

        return slots;
    }
}
