namespace Marketing.Stores.InProcess;

/// <summary>Codes side by side.</summary>
internal sealed class TrainingSample(int count, int dimensions)
{
    private readonly sbyte[] _codes = new sbyte[count * dimensions];
    private readonly float[] _scales = new float[count];

    public int Count => count;

    public int Dimensions => dimensions;

    public ReadOnlySpan<sbyte> Code(int index) => _codes.AsSpan(index * dimensions, dimensions);

    public float Scale(int index) => _scales[index];

    public void Set(int index, ReadOnlySpan<sbyte> code, float scale)
    {
        code.CopyTo(_codes.AsSpan(index * dimensions));
        _scales[index] = scale;
    }
}
