namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// A uniform random sample of vectors (reservoir sampling, Vitter 1985), with a fixed seed so that every run gives the same.
/// </summary>
internal sealed class VectorSample(int most)
{
    private const int Seed = 1;

    private readonly Random _random = new(Seed);
    private readonly List<ReadOnlyMemory<float>> _vectors = [];
    private int _seen;

    public IReadOnlyList<ReadOnlyMemory<float>> Vectors => _vectors;

    public void Add(ReadOnlyMemory<float> vector)
    {
        _seen++;
        if (_vectors.Count < most)
        {
            _vectors.Add(vector);
        }
        else if (_random.Next(_seen) is var place && place < most)
        {
            _vectors[place] = vector;
        }
    }
}
