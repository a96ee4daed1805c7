namespace Marketing.VectorIndex.Ivf;

/// <summary>The lists in the order to probe them, nearest centroid first: a heap, because most searches probe only a few.</summary>
internal ref struct ProbeOrder
{
    private readonly ReadOnlySpan<float> _scores;
    private readonly Span<int> _heap;
    private int _count;

    public ProbeOrder(ReadOnlySpan<float> scores, Span<int> heap)
    {
        _scores = scores;
        _heap = heap;
        _count = scores.Length;
        for (int i = 0; i < _count; i++)
        {
            _heap[i] = i;
        }

        for (int i = (_count / 2) - 1; i >= 0; i--)
        {
            SiftDown(i, _heap[i]);
        }
    }

    public bool TryTake(out int list)
    {
        if (_count == 0)
        {
            list = -1;
            return false;
        }

        list = _heap[0];
        if (--_count > 0)
        {
            SiftDown(0, _heap[_count]);
        }

        return true;
    }

    private readonly void SiftDown(int index, int list)
    {
        float score = _scores[list];
        for (int child = (2 * index) + 1; child < _count; child = (2 * index) + 1)
        {
            if (child + 1 < _count && _scores[_heap[child + 1]] > _scores[_heap[child]])
            {
                child++;
            }

            if (_scores[_heap[child]] <= score)
            {
                break;
            }

            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = list;
    }
}
