namespace Marketing.Stores.InProcess;

/// <summary>The best matches so far: a heap with the worst on top.</summary>
internal ref struct TopMatches(Span<TopMatches.Match> room)
{
    private readonly Span<Match> _heap = room;
    private int _count;

    /// <param name="Similarity">To the query.</param>
    /// <param name="Slot">Where the entry is.</param>
    /// <param name="Version">What it was when it was compared.</param>
    internal readonly record struct Match(float Similarity, int Slot, int Version);

    /// <summary>What a match must exceed to count.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    public void Add(Match match)
    {
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
