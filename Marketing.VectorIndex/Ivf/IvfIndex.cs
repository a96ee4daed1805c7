using Marketing.VectorIndex.Entries;

namespace Marketing.VectorIndex.Ivf;

/// <summary>An inverted file (IVF): each entry is in the list of its nearest centroid, with a RaBitQ code. One writer.</summary>
internal sealed class IvfIndex
{
    private readonly InvertedList[] _lists;
    private readonly List<int> _listOfSlot = [];
    private readonly byte[] _bits;

    public IvfIndex(Centroids centroids, float probeMargin, int trainedOn)
    {
        Centroids = centroids;
        ProbeMargin = probeMargin;
        TrainedOn = trainedOn;
        _bits = new byte[centroids.Dimensions / RaBitQCode.ComponentsPerByte];
        _lists = new InvertedList[centroids.Count];
        for (int i = 0; i < _lists.Length; i++)
        {
            _lists[i] = new InvertedList(centroids.Dimensions);
        }
    }

    public Centroids Centroids { get; }

    /// <summary>How much farther than the worst match so far a centroid may be for its list still to be probed.</summary>
    public float ProbeMargin { get; set; }

    /// <summary>How many entries the lists were built for.</summary>
    public int TrainedOn { get; }

    public ReadOnlySpan<CodeBlock> Blocks(int list) => Volatile.Read(ref _lists[list]).Blocks;

    /// <returns>The list of the slot; -1 when it is in none.</returns>
    public int ListOf(int slot) => slot < _listOfSlot.Count ? _listOfSlot[slot] : -1;

    public void Append(int slot, int list, ReadOnlySpan<sbyte> code, float scale)
    {
        RaBitQFactors factors = RaBitQCode.Encode(code, scale, Centroids, list, _bits);
        _lists[list].Append(slot, _bits, factors);
        while (slot >= _listOfSlot.Count)
        {
            _listOfSlot.Add(-1);
        }

        _listOfSlot[slot] = list;
    }

    public void Remove(int slot, EntryStore store)
    {
        int list = ListOf(slot);
        if (list < 0)
        {
            return;
        }

        _listOfSlot[slot] = -1;
        if (_lists[list].Remove(slot))
        {
            Volatile.Write(ref _lists[list], Compacted(_lists[list], list, store));
        }
    }

    private InvertedList Compacted(InvertedList old, int list, EntryStore store)
    {
        var compacted = new InvertedList(Centroids.Dimensions);
        foreach (int slot in old.LiveSlots())
        {
            EntryChunk chunk = store.Chunk(slot);
            int index = slot % EntryChunk.Size;
            RaBitQFactors factors = RaBitQCode.Encode(chunk.Code(index), chunk.Scales[index], Centroids, list, _bits);
            compacted.Append(slot, _bits, factors);
        }

        return compacted;
    }
}
