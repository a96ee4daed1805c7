namespace Marketing.Stores.InProcess;

/// <summary>Cells, nearest first, sorted only as far as they are asked for: a heap with the nearest on top.</summary>
internal ref struct CellOrder
{
    private readonly ReadOnlySpan<float> _nearness;
    private readonly Span<int> _heap;
    private int _count;

    public CellOrder(ReadOnlySpan<float> nearness, Span<int> room)
    {
        _nearness = nearness;
        _heap = room;
        _count = nearness.Length;
        for (int i = 0; i < _count; i++)
        {
            _heap[i] = i;
        }

        for (int i = (_count / 2) - 1; i >= 0; i--)
        {
            Sink(i, _heap[i]);
        }
    }

    public bool TryTake(out int cell)
    {
        if (_count == 0)
        {
            cell = -1;
            return false;
        }

        cell = _heap[0];
        if (--_count > 0)
        {
            Sink(0, _heap[_count]);
        }

        return true;
    }

    private readonly void Sink(int index, int cell)
    {
        float nearness = _nearness[cell];
        for (int child = (2 * index) + 1; child < _count; child = (2 * index) + 1)
        {
            if (child + 1 < _count && _nearness[_heap[child + 1]] > _nearness[_heap[child]])
            {
                child++;
            }

            if (_nearness[_heap[child]] <= nearness)
            {
                break;
            }

            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = cell;
    }
}
