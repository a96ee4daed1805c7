using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Quantization;

namespace Marketing.VectorIndex.Search;

/// <summary>A rotated query in the forms that codes are compared with.</summary>
internal readonly ref struct PreparedQuery
{
    /// <param name="wideCode">The rotated query, see <see cref="ScalarCode.EncodeWide"/>.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="table">The lookup table for one-bit codes.</param>
    /// <param name="filter">The entries to search.</param>
    public PreparedQuery(ReadOnlySpan<short> wideCode, float scale, FastScanTable table, SearchFilter filter)
    {
        Table = table;
        WideCode = wideCode;
        Scale = scale;
        Filter = filter;
    }

    /// <summary>Sixteen bits per component.</summary>
    public ReadOnlySpan<short> WideCode { get; }

    public float Scale { get; }

    /// <summary>The lookup table for one-bit codes.</summary>
    public FastScanTable Table { get; }

    public SearchFilter Filter { get; }

    /// <summary>Compares the query with an entry's 8-bit code and adds the entry when it is among the best.</summary>
    public void Compare(EntryChunk chunk, int slot, ref TopKMatches matches)
    {
        int index = slot % EntryChunk.Size;
        int version = Volatile.Read(ref chunk.Versions[index]);
        float similarity = DotProduct.Of(WideCode, chunk.Code(index)) * (Scale * chunk.Scales[index]);
        if (similarity > matches.Threshold && EntryStore.IsLive(version) && Filter.Admits(chunk, index))
        {
            matches.Add(new TopKMatches.Match(similarity, slot, version));
        }
    }

    /// <summary>Corrects the similarities of the best matches by their ninth bits.</summary>
    public void Refine(EntryStore store, ref TopKMatches matches)
    {
        foreach (ref TopKMatches.Match match in matches.Matches)
        {
            EntryChunk chunk = store.Chunk(match.Slot);
            int index = match.Slot % EntryChunk.Size;
            float correction = Table.Product(chunk.RefinementOf(index)) * ScalarCode.RefinementStep * chunk.Scales[index];
            match = match with { Similarity = match.Similarity + correction };
        }
    }
}

/// <summary>Restricts a search, by the store's numbers; <see cref="IdTable.None"/> means no restriction.</summary>
internal readonly record struct SearchFilter(int ExcludedGroup, int Label)
{
    public bool Admits(EntryChunk chunk, int index) =>
        (ExcludedGroup == IdTable.None || chunk.Groups[index] != ExcludedGroup)
        && (Label == IdTable.None || chunk.Labels[index] == Label);
}
