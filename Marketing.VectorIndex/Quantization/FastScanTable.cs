namespace Marketing.VectorIndex.Quantization;

/// <summary>
/// The lookup table of a query for one-bit codes: for each group of four components, the contribution of each of the sixteen
/// sign patterns, in seven bits. Byte shuffles then look up 64 codes at once (fast scan: André et al., VLDB 2015). Counting
/// bits would take twice as long, and .NET has no vectorized popcount.
/// </summary>
internal ref struct FastScanTable
{
    /// <summary>Sixteen entries, repeated to fill the widest vector.</summary>
    public const int BytesPerGroup = 64;

    private const int Patterns = 16;

    /// <param name="query">The query, rotated.</param>
    /// <param name="table">Room for <see cref="SizeFor"/> bytes.</param>
    public FastScanTable(ReadOnlySpan<float> query, Span<byte> table)
    {
        Table = table;
        float widest = 0;
        float lowest = 0;
        float total = 0;
        for (int i = 0; i < query.Length; i += 4)
        {
            float range = 0;
            for (int j = i; j < i + 4; j++)
            {
                range += MathF.Abs(query[j]);
                lowest += MathF.Min(query[j], 0);
                total += query[j];
            }

            widest = MathF.Max(widest, range);
        }

        // Two entries are added in a byte, and all of a code in sixteen bits.
        int largest = Math.Min(127, ushort.MaxValue / (query.Length / 4));
        float inverse = widest > 0 ? largest / widest : 0;
        for (int i = 0; i < query.Length; i += 4)
        {
            Fill(query.Slice(i, 4), inverse, table.Slice(i / 4 * BytesPerGroup, BytesPerGroup));
        }

        // With S the sum over the components whose bit is set: q·b = 2S - Σq.
        Step = widest > 0 ? 2 / inverse : 0;
        Base = (2 * lowest) - total;
    }

    public ReadOnlySpan<byte> Table { get; }

    /// <summary>The product of the query and a code's signs is <c>Base + Step × sum of its entries</c>.</summary>
    public float Step { get; }

    public float Base { get; }

    /// <summary>The product of the query and the signs that a code's bits stand for.</summary>
    public float Product(ReadOnlySpan<byte> bits)
    {
        int sum = 0;
        for (int i = 0; i < bits.Length; i++)
        {
            int group = 2 * i * BytesPerGroup;
            sum += Table[group + (bits[i] & 0x0F)] + Table[group + BytesPerGroup + (bits[i] >> 4)];
        }

        return Base + (Step * sum);
    }

    public static int SizeFor(int dimensions) => dimensions / 4 * BytesPerGroup;

    private static void Fill(ReadOnlySpan<float> query, float inverse, Span<byte> entries)
    {
        Span<float> sums = stackalloc float[Patterns];
        sums[0] = 0;
        for (int j = 0; j < 4; j++)
        {
            sums[0] -= MathF.Min(query[j], 0);
        }

        for (int pattern = 1; pattern < Patterns; pattern++)
        {
            int lowest = System.Numerics.BitOperations.TrailingZeroCount(pattern);
            sums[pattern] = sums[pattern & (pattern - 1)] + query[lowest];
        }

        for (int pattern = 0; pattern < Patterns; pattern++)
        {
            entries[pattern] = (byte)((sums[pattern] * inverse) + 0.5f);
        }

        entries[..Patterns].CopyTo(entries[Patterns..]);
        entries[..(2 * Patterns)].CopyTo(entries[(2 * Patterns)..]);
    }
}
