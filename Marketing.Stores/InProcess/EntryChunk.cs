namespace Marketing.Stores.InProcess;

/// <summary>The columns of 1,024 entries.</summary>
internal sealed class EntryChunk(int dimensions)
{
    public const int Size = 1024;

    public readonly sbyte[] Codes = new sbyte[Size * dimensions];
    public readonly byte[] Sides = new byte[Size * dimensions / 8];
    public readonly float[] Scales = new float[Size];
    public readonly int[] Campaigns = Filled(EntryStore.Free);
    public readonly int[] Users = new int[Size];

    /// <summary>Odd: there is an entry. Any change is another number, by which a reader knows that what it read belongs together.</summary>
    public readonly int[] Versions = new int[Size];
    public readonly long[] Ticks = new long[Size];

    /// <summary>The next entry of the same user.</summary>
    public readonly int[] Next = new int[Size];
    public readonly TermPool Terms = new(Size);

    public ReadOnlySpan<sbyte> Code(int index) => Codes.AsSpan(index * dimensions, dimensions);

    public Span<byte> SidesOf(int index) => Sides.AsSpan(index * dimensions / 8, dimensions / 8);

    private static int[] Filled(int value)
    {
        int[] values = new int[Size];
        values.AsSpan().Fill(value);
        return values;
    }
}
