namespace Marketing.Stores.InProcess;

/// <summary>What a search writes to, one set a thread, so that it allocates nothing but its answer.</summary>
internal sealed class SearchBuffers
{
    [ThreadStatic]
    private static SearchBuffers? _current;

    private float[] _rotated = [];
    private short[] _wide = [];
    private byte[] _table = [];
    private float[] _nearness = [];
    private int[] _order = [];
    private TopMatches.Match[] _matches = [];

    public static SearchBuffers Current => _current ??= new SearchBuffers();

    public Span<float> Rotated(int length) => Room(ref _rotated, length);

    public Span<short> Wide(int length) => Room(ref _wide, length);

    public Span<byte> Table(int length) => Room(ref _table, length);

    public Span<float> Nearness(int length) => Room(ref _nearness, length);

    public Span<int> Order(int length) => Room(ref _order, length);

    public Span<TopMatches.Match> Matches(int length) => Room(ref _matches, length);

    private static Span<T> Room<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }

        return array.AsSpan(0, length);
    }
}
