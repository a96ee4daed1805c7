namespace Marketing.VectorIndex.Entries;

/// <summary>The terms of the entries of a chunk, in one array. The owner holds a lock.</summary>
internal sealed class TermPool(int entries)
{
    private readonly int[] _starts = new int[entries];
    private readonly ushort[] _counts = new ushort[entries];
    private uint[] _terms = [];
    private int _end;
    private int _live;

    public ReadOnlySpan<uint> Get(int entry) => _terms.AsSpan(_starts[entry], _counts[entry]);

    /// <param name="entry">The index of the entry in the chunk.</param>
    /// <param name="terms">At most 65,535.</param>
    public void Set(int entry, ReadOnlySpan<uint> terms)
    {
        _live += terms.Length - _counts[entry];
        _counts[entry] = 0;
        if (_end + terms.Length > _terms.Length)
        {
            // A chunk fills evenly: a quarter more than the live terms keeps both copies and waste rare.
            Compact(_live + (_live / 4) + 64);
        }

        terms.CopyTo(_terms.AsSpan(_end));
        _starts[entry] = _end;
        _counts[entry] = checked((ushort)terms.Length);
        _end += terms.Length;
    }

    private void Compact(int size)
    {
        uint[] old = _terms;
        _terms = new uint[size];
        _end = 0;
        for (int entry = 0; entry < _starts.Length; entry++)
        {
            old.AsSpan(_starts[entry], _counts[entry]).CopyTo(_terms.AsSpan(_end));
            _starts[entry] = _end;
            _end += _counts[entry];
        }
    }
}
