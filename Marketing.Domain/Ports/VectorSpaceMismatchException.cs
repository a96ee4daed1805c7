namespace Marketing.Domain.Ports;

/// <summary>The index holds vectors from a different space than the embedder produces, and must be rebuilt from the log.</summary>
public sealed class VectorSpaceMismatchException : Exception
{
    public VectorSpaceMismatchException(VectorSpace stored, VectorSpace expected)
        : base($"The vector index was built with {stored.Model} ({stored.Dimensions} dimensions), but the embedder is "
            + $"{expected.Model} ({expected.Dimensions} dimensions). Rebuild the index.")
    {
        Stored = stored;
        Expected = expected;
    }

    /// <summary>The space of the index.</summary>
    public VectorSpace Stored { get; }

    /// <summary>The space of the current embedder.</summary>
    public VectorSpace Expected { get; }
}
