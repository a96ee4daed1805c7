using Marketing.VectorIndex.Quantization;

namespace Marketing.VectorIndex.Entries;

/// <summary>Converts between the entries of the caller and those that the index stores.</summary>
internal sealed class EntryCodec(string model, int dimensions)
{
    private readonly Rotation _rotation = new(dimensions, Rotation.Seed);

    /// <summary>The number of components of a code.</summary>
    public int Dimensions => _rotation.PaddedDimensions;

    /// <exception cref="ArgumentException">The length of the vector is not that of the index.</exception>
    public void Rotate(ReadOnlyMemory<float> vector, Span<float> rotated)
    {
        if (vector.Length != dimensions)
        {
            throw new ArgumentException($"The vector has {vector.Length} components, the index {dimensions} ({model}).", nameof(vector));
        }

        _rotation.Apply(vector.Span, rotated);
    }

    /// <exception cref="ArgumentException">The length of the vector is not that of the index.</exception>
    public EncodedEntry Encode(VectorEntry entry)
    {
        float[] rotated = new float[Dimensions];
        Rotate(entry.Vector, rotated);
        sbyte[] code = new sbyte[Dimensions];
        float scale = ScalarCode.Encode(rotated, code);
        byte[] refinement = new byte[Dimensions / 8];
        ScalarCode.EncodeRefinement(rotated, code, scale, refinement);
        return new EncodedEntry(entry.Key, entry.Group, entry.Label, entry.Timestamp, scale, code, refinement, entry.Terms);
    }

    public VectorEntry Decode(EncodedEntry entry)
    {
        float[] vector = new float[Dimensions];
        ScalarCode.Decode(entry.Code, entry.Refinement, entry.Scale, vector);
        _rotation.ApplyInverse(vector);
        return new VectorEntry(entry.Key, entry.Group, entry.Label, entry.Timestamp, vector.AsMemory(0, dimensions), entry.Terms);
    }
}
