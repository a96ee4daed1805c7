namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>A few of many vectors, each with the same chance to be among them (reservoir sampling, Vitter 1985). Seeded: the same in every run.</summary>
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
