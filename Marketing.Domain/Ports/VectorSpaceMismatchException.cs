namespace Marketing.Domain.Ports;

/// <summary>An index holds vectors of another space than the embedder makes: it must be rebuilt from the log.</summary>
public sealed class VectorSpaceMismatchException : Exception
{
    public VectorSpaceMismatchException(VectorSpace stored, VectorSpace expected)
        : base($"The vector index was made with {stored.Model} ({stored.Dimensions} dimensions), the embedder is "
            + $"{expected.Model} ({expected.Dimensions} dimensions): rebuild the index.")
    {
        Stored = stored;
        Expected = expected;
    }

    /// <summary>What the index was made with.</summary>
    public VectorSpace Stored { get; }

    /// <summary>What the embedder makes now.</summary>
    public VectorSpace Expected { get; }
}
