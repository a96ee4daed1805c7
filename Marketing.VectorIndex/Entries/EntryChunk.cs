namespace Marketing.VectorIndex.Entries;

/// <summary>The columns of 1,024 entries.</summary>
internal sealed class EntryChunk(int dimensions)
{
    public const int Size = 1024;

    public readonly sbyte[] Codes = new sbyte[Size * dimensions];
    public readonly byte[] Refinement = new byte[Size * dimensions / 8];
    public readonly float[] Scales = new float[Size];
    public readonly int[] Labels = Filled(EntryStore.FreeSlot);
    public readonly int[] Groups = new int[Size];

    /// <summary>Odd when the slot is occupied. Every change increments it, so that a reader can tell whether its reads are consistent.</summary>
    public readonly int[] Versions = new int[Size];
    public readonly long[] Ticks = new long[Size];

    /// <summary>The next entry of the same group.</summary>
    public readonly int[] NextOfGroup = new int[Size];
    public readonly TermPool Terms = new(Size);

    public ReadOnlySpan<sbyte> Code(int index) => Codes.AsSpan(index * dimensions, dimensions);

    public Span<byte> RefinementOf(int index) => Refinement.AsSpan(index * dimensions / 8, dimensions / 8);

    private static int[] Filled(int value)
    {
        int[] values = new int[Size];
        values.AsSpan().Fill(value);
        return values;
    }
}
