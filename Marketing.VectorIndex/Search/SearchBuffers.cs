namespace Marketing.VectorIndex.Search;

/// <summary>The working memory of a search, one per thread, so that a search allocates only its result.</summary>
internal sealed class SearchBuffers
{
    [ThreadStatic]
    private static SearchBuffers? _current;

    private float[] _rotated = [];
    private short[] _wideCode = [];
    private byte[] _table = [];
    private float[] _centroidScores = [];
    private int[] _probeOrder = [];
    private TopKMatches.Match[] _matches = [];

    public static SearchBuffers Current => _current ??= new SearchBuffers();

    public Span<float> Rotated(int length) => EnsureLength(ref _rotated, length);

    public Span<short> WideCode(int length) => EnsureLength(ref _wideCode, length);

    public Span<byte> Table(int length) => EnsureLength(ref _table, length);

    public Span<float> CentroidScores(int length) => EnsureLength(ref _centroidScores, length);

    public Span<int> ProbeOrder(int length) => EnsureLength(ref _probeOrder, length);

    public Span<TopKMatches.Match> Matches(int length) => EnsureLength(ref _matches, length);

    private static Span<T> EnsureLength<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }

        return array.AsSpan(0, length);
    }
}
