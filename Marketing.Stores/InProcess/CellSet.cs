namespace Marketing.Stores.InProcess;

/// <summary>The entries by the cell of the space they lie in (an inverted file), with a bit code each. One writer.</summary>
internal sealed class CellSet
{
    private readonly Cell[] _cells;
    private readonly List<int> _cellOfSlot = [];
    private readonly byte[] _bits;

    public CellSet(Centroids centroids, float margin, int trainedOn)
    {
        Centroids = centroids;
        Margin = margin;
        TrainedOn = trainedOn;
        _bits = new byte[centroids.Dimensions / BitCode.ComponentsPerByte];
        _cells = new Cell[centroids.Count];
        for (int i = 0; i < _cells.Length; i++)
        {
            _cells[i] = new Cell(centroids.Dimensions);
        }
    }

    public Centroids Centroids { get; }

    /// <summary>How much farther than the worst match so far a cell's centroid may be and the cell still be searched.</summary>
    public float Margin { get; set; }

    /// <summary>How many entries there were when the cells were made.</summary>
    public int TrainedOn { get; }

    public ReadOnlySpan<CodeBlock> Blocks(int cell) => Volatile.Read(ref _cells[cell]).Blocks;

    /// <returns>The slot's cell; -1 when it has none.</returns>
    public int CellOf(int slot) => slot < _cellOfSlot.Count ? _cellOfSlot[slot] : -1;

    public void Append(int slot, int cell, ReadOnlySpan<sbyte> code, float scale)
    {
        BitFactors factors = BitCode.Encode(code, scale, Centroids, cell, _bits);
        _cells[cell].Append(slot, _bits, factors);
        while (slot >= _cellOfSlot.Count)
        {
            _cellOfSlot.Add(-1);
        }

        _cellOfSlot[slot] = cell;
    }

    public void Remove(int slot, EntryStore store)
    {
        int cell = CellOf(slot);
        if (cell < 0)
        {
            return;
        }

        _cellOfSlot[slot] = -1;
        if (_cells[cell].Remove(slot))
        {
            Volatile.Write(ref _cells[cell], Rewritten(_cells[cell], cell, store));
        }
    }

    private Cell Rewritten(Cell old, int cell, EntryStore store)
    {
        var written = new Cell(Centroids.Dimensions);
        foreach (int slot in old.Slots())
        {
            EntryChunk chunk = store.Chunk(slot);
            int index = slot % EntryChunk.Size;
            BitFactors factors = BitCode.Encode(chunk.Code(index), chunk.Scales[index], Centroids, cell, _bits);
            written.Append(slot, _bits, factors);
        }

        return written;
    }
}
