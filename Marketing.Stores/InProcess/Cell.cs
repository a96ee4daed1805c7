namespace Marketing.Stores.InProcess;

/// <summary>The entries nearest to one centroid. One writer; readers take <see cref="Blocks"/> and need no lock.</summary>
internal sealed class Cell(int dimensions)
{
    private CodeBlock[] _blocks = [];
    private int _gone;

    public ReadOnlySpan<CodeBlock> Blocks => Volatile.Read(ref _blocks);

    public void Append(int slot, ReadOnlySpan<byte> bits, BitFactors factors)
    {
        if (_blocks.Length > 0 && _blocks[^1].TryAppend(slot, bits, factors))
        {
            return;
        }

        var block = new CodeBlock(dimensions);
        _ = block.TryAppend(slot, bits, factors);
        Volatile.Write(ref _blocks, [.. _blocks, block]);
    }

    /// <returns>True when so much is gone that the cell is worth writing anew.</returns>
    public bool Remove(int slot)
    {
        foreach (CodeBlock block in _blocks)
        {
            if (block.TryRemove(slot))
            {
                _gone++;
                break;
            }
        }

        return _gone >= CodeBlock.Size && _gone * 2 > _blocks.Length * CodeBlock.Size;
    }

    /// <summary>The slots of the entries that are not gone.</summary>
    public List<int> Slots()
    {
        var slots = new List<int>();
        foreach (CodeBlock block in _blocks)
        {
            for (int i = 0; i < block.Count; i++)
            {
                if (block.Slot(i) != CodeBlock.Gone)
                {
                    slots.Add(block.Slot(i));
                }
            }
        }

        return slots;
    }
}
