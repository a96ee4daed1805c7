namespace Marketing.Stores.InProcess;

/// <summary>The best matches so far: a heap with the worst on top.</summary>
internal ref struct TopMatches
{
    private readonly Span<Match> _heap;
    private readonly Span<float> _leading;
    private int _count;

    /// <param name="room">One a match to keep.</param>
    /// <param name="leading">One a match whose similarity <see cref="LeadingThreshold"/> follows; none: that of all.</param>
    public TopMatches(Span<Match> room, Span<float> leading = default)
    {
        _heap = room;
        _leading = leading;
        leading.Fill(float.NegativeInfinity);
    }

    /// <param name="Similarity">To the query.</param>
    /// <param name="Slot">Where the entry is.</param>
    /// <param name="Version">What it was when it was compared.</param>
    internal readonly record struct Match(float Similarity, int Slot, int Version);

    /// <summary>What a match must exceed to count.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>Whether there are as many as there is room for.</summary>
    public readonly bool IsFull => _count == _heap.Length;

    /// <summary>What a match must exceed to be among the first few.</summary>
    public readonly float LeadingThreshold => _leading.IsEmpty ? Threshold : _leading[0];

    public void Add(Match match)
    {
        if (!_leading.IsEmpty && match.Similarity > _leading[0])
        {
            Lead(match.Similarity);
        }

        if (_count < _heap.Length)
        {
            Rise(_count++, match);
        }
        else if (match.Similarity > Threshold)
        {
            Sink(match);
        }

        Threshold = _count == _heap.Length ? _heap[0].Similarity : float.NegativeInfinity;
    }

    /// <summary>What was added and is among the best, in no order; similarities may be made more precise.</summary>
    public readonly Span<Match> Matches => _heap[.._count];

    /// <summary>The matches, best first; of equal ones the lower slot. Nothing can be added afterwards.</summary>
    public readonly ReadOnlySpan<Match> Sorted()
    {
        Span<Match> matches = Matches;
        matches.Sort(static (left, right) =>
            left.Similarity == right.Similarity ? left.Slot.CompareTo(right.Slot) : right.Similarity.CompareTo(left.Similarity));
        return matches;
    }

    /// <summary>The worst of the first few goes; they stay in order, the worst first.</summary>
    private readonly void Lead(float similarity)
    {
        int index = 0;
        for (; index + 1 < _leading.Length && _leading[index + 1] < similarity; index++)
        {
            _leading[index] = _leading[index + 1];
        }

        _leading[index] = similarity;
    }

    private readonly void Rise(int index, Match match)
    {
        while (index > 0 && _heap[(index - 1) / 2].Similarity > match.Similarity)
        {
            _heap[index] = _heap[(index - 1) / 2];
            index = (index - 1) / 2;
        }

        _heap[index] = match;
    }

    private readonly void Sink(Match match)
    {
        int index = 0;
        for (int child = 1; child < _count; child = (2 * index) + 1)
        {
            if (child + 1 < _count && _heap[child + 1].Similarity < _heap[child].Similarity)
            {
                child++;
            }

            if (_heap[child].Similarity >= match.Similarity)
            {
                break;
            }

            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = match;
    }
}
