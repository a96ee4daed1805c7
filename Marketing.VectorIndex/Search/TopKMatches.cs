namespace Marketing.VectorIndex.Search;

/// <summary>The best k matches so far: a heap with the worst on top.</summary>
internal ref struct TopKMatches
{
    private readonly Span<Match> _heap;
    private readonly Span<float> _probeSimilarities;
    private int _count;

    /// <param name="heap">Room for the matches to keep.</param>
    /// <param name="probeSimilarities">Room for the similarities that decide <see cref="ProbeThreshold"/>; when empty, all matches do.</param>
    public TopKMatches(Span<Match> heap, Span<float> probeSimilarities = default)
    {
        _heap = heap;
        _probeSimilarities = probeSimilarities;
        probeSimilarities.Fill(float.NegativeInfinity);
    }

    /// <param name="Similarity">The similarity to the query.</param>
    /// <param name="Slot">The slot of the entry.</param>
    /// <param name="Version">The version of the entry when it was compared.</param>
    internal readonly record struct Match(float Similarity, int Slot, int Version);

    /// <summary>The similarity that a match must exceed to be kept.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>Whether k matches are kept.</summary>
    public readonly bool IsFull => _count == _heap.Length;

    /// <summary>The similarity of the worst of the first few matches; it decides whether probing another list is worthwhile.</summary>
    public readonly float ProbeThreshold => _probeSimilarities.IsEmpty ? Threshold : _probeSimilarities[0];

    public void Add(Match match)
    {
        if (!_probeSimilarities.IsEmpty && match.Similarity > _probeSimilarities[0])
        {
            AddProbeSimilarity(match.Similarity);
        }

        if (_count < _heap.Length)
        {
            SiftUp(_count++, match);
        }
        else if (match.Similarity > Threshold)
        {
            SiftDown(match);
        }

        Threshold = _count == _heap.Length ? _heap[0].Similarity : float.NegativeInfinity;
    }

    /// <summary>The matches kept so far, in no particular order; their similarities may be refined in place.</summary>
    public readonly Span<Match> Matches => _heap[.._count];

    /// <summary>The matches, best first, ties by slot. Nothing can be added afterward.</summary>
    public readonly ReadOnlySpan<Match> Sorted()
    {
        Span<Match> matches = Matches;
        matches.Sort(static (left, right) =>
            left.Similarity == right.Similarity ? left.Slot.CompareTo(right.Slot) : right.Similarity.CompareTo(left.Similarity));
        return matches;
    }

    /// <summary>Replaces the worst of the first few similarities and keeps them in ascending order.</summary>
    private readonly void AddProbeSimilarity(float similarity)
    {
        int index = 0;
        for (; index + 1 < _probeSimilarities.Length && _probeSimilarities[index + 1] < similarity; index++)
        {
            _probeSimilarities[index] = _probeSimilarities[index + 1];
        }

        _probeSimilarities[index] = similarity;
    }

    private readonly void SiftUp(int index, Match match)
    {
        while (index > 0 && _heap[(index - 1) / 2].Similarity > match.Similarity)
        {
            _heap[index] = _heap[(index - 1) / 2];
            index = (index - 1) / 2;
        }

        _heap[index] = match;
    }

    private readonly void SiftDown(Match match)
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
