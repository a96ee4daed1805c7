namespace Marketing.VectorIndex;

/// <summary>Settings of an <see cref="EmbeddedVectorIndex"/>.</summary>
public sealed record EmbeddedVectorIndexOptions
{
    /// <summary>The number of newest entries kept per group, so that one group cannot crowd out others.</summary>
    public int EntriesPerGroup { get; init; } = int.MaxValue;

    /// <summary>The share of the ten nearest neighbors that the probed lists must contain, 0.5 to 1; a higher share probes more lists.</summary>
    public double RecallTarget { get; init; } = 0.997;

    /// <summary>The number of entries from which on inverted lists are used; with fewer, search is exact.</summary>
    public int EntriesBeforeInvertedLists { get; init; } = 8_192;
}
