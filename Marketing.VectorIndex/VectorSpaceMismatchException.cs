namespace Marketing.VectorIndex;

/// <summary>The file holds vectors of another model or dimension, which cannot be compared with those of this one.</summary>
public sealed class VectorSpaceMismatchException : Exception
{
    internal VectorSpaceMismatchException(string storedModel, int storedDimensions, string expectedModel, int expectedDimensions)
        : base($"The vector index was built with {storedModel} ({storedDimensions} dimensions), but the caller uses "
            + $"{expectedModel} ({expectedDimensions} dimensions). Rebuild the index.")
    {
        StoredModel = storedModel;
        ExpectedModel = expectedModel;
    }

    /// <summary>The model that made the vectors in the file.</summary>
    public string StoredModel { get; }

    /// <summary>The model that the caller named.</summary>
    public string ExpectedModel { get; }
}
