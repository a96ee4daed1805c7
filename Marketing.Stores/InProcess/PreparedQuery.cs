namespace Marketing.Stores.InProcess;

/// <summary>A query, rotated, in the forms that codes are compared with.</summary>
internal readonly ref struct PreparedQuery
{
    /// <param name="wide">The rotated query, see <see cref="ScalarCode.EncodeWide"/>.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="table">The same for bit codes.</param>
    /// <param name="filter">Which entries count.</param>
    public PreparedQuery(ReadOnlySpan<short> wide, float scale, BitTable table, SearchFilter filter)
    {
        Table = table;
        Wide = wide;
        Scale = scale;
        Filter = filter;
    }

    /// <summary>Sixteen bits a component.</summary>
    public ReadOnlySpan<short> Wide { get; }

    public float Scale { get; }

    /// <summary>For bit codes.</summary>
    public BitTable Table { get; }

    public SearchFilter Filter { get; }

    /// <summary>Compares with an entry's 8-bit code and keeps it when it is among the best.</summary>
    public void Compare(EntryChunk chunk, int slot, ref TopMatches matches)
    {
        int index = slot % EntryChunk.Size;
        int version = Volatile.Read(ref chunk.Versions[index]);
        float similarity = DotProduct.Of(Wide, chunk.Code(index)) * (Scale * chunk.Scales[index]);
        if (similarity > matches.Threshold && EntryStore.IsLive(version) && Filter.Admits(chunk, index))
        {
            matches.Add(new TopMatches.Match(similarity, slot, version));
        }
    }

    /// <summary>Adds what the ninth bits say to the similarities of the best.</summary>
    public void Refine(EntryStore store, ref TopMatches matches)
    {
        foreach (ref TopMatches.Match match in matches.Matches)
        {
            EntryChunk chunk = store.Chunk(match.Slot);
            int index = match.Slot % EntryChunk.Size;
            float rest = Table.Product(chunk.SidesOf(index)) * ScalarCode.SideStep * chunk.Scales[index];
            match = match with { Similarity = match.Similarity + rest };
        }
    }
}
