using System.Numerics;

namespace Marketing.VectorIndex.Entries;

/// <summary>
/// Maps ids to numbers and back. A number is reused when its last use is released. Takes some 30 bytes per id, where a
/// dictionary of strings takes 150. Writers hold a lock; <see cref="Text"/> needs none.
/// </summary>
internal sealed class IdTable
{
    public const int None = -1;
    private const int ChunkSize = 1024;

    private readonly Stack<int> _free = new();
    private readonly OversizedIds _oversized = new();
    private PackedId[][] _ids = [];
    private int[][] _uses = [];
    private int[] _buckets = NewBuckets(1024);
    private int _end;
    private int _used;

    /// <summary>Returns the number of an id and adds a use.</summary>
    public int Acquire(string text)
    {
        PackedId id = Pack(text);
        int bucket = Bucket(id);
        int number = _buckets[bucket];
        if (number == None)
        {
            number = _free.TryPop(out int free) ? free : _end;
            Restore(number, id);
        }

        _uses[number / ChunkSize][number % ChunkSize]++;
        return number;
    }

    /// <summary>Gives an id its former number; call <see cref="FreeGaps"/> after the last.</summary>
    /// <returns>False when the id already has a number, which happens only with a damaged file.</returns>
    public bool TryRestore(int number, string text)
    {
        PackedId id = Pack(text);
        if (_buckets[Bucket(id)] != None)
        {
            return false;
        }

        Restore(number, id);
        _uses[number / ChunkSize][number % ChunkSize]++;
        return true;
    }

    public void FreeGaps()
    {
        for (int number = _end - 1; number >= 0; number--)
        {
            if (_uses[number / ChunkSize][number % ChunkSize] == 0)
            {
                _free.Push(number);
            }
        }
    }

    /// <returns>The id's number, or <see cref="None"/>.</returns>
    public int Find(string text) =>
        PackedId.TryPack(text, out PackedId id) || _oversized.TryFind(text, out id) ? _buckets[Bucket(id)] : None;

    public int Uses(int number) => _uses[number / ChunkSize][number % ChunkSize];

    public void Release(int number)
    {
        if (--_uses[number / ChunkSize][number % ChunkSize] > 0)
        {
            return;
        }

        PackedId id = _ids[number / ChunkSize][number % ChunkSize];
        Vacate(Bucket(id));
        if (id.IsOversized)
        {
            _oversized.Remove(id);
        }

        _used--;
        _free.Push(number);
    }

    public string Text(int number)
    {
        PackedId id = Volatile.Read(ref _ids)[number / ChunkSize][number % ChunkSize];
        return id.IsOversized ? _oversized.Text(id) : id.Unpack();
    }

    private static int[] NewBuckets(int size)
    {
        int[] buckets = new int[size];
        buckets.AsSpan().Fill(None);
        return buckets;
    }

    private PackedId Pack(string text) => PackedId.TryPack(text, out PackedId id) ? id : _oversized.Add(text);

    private void Restore(int number, PackedId id)
    {
        while (number >= _ids.Length * ChunkSize)
        {
            _uses = [.. _uses, new int[ChunkSize]];
            Volatile.Write(ref _ids, [.. _ids, new PackedId[ChunkSize]]);
        }

        _ids[number / ChunkSize][number % ChunkSize] = id;
        Volatile.Write(ref _end, Math.Max(_end, number + 1));
        if (++_used * 4 > _buckets.Length * 3)
        {
            Grow();
        }

        _buckets[Bucket(id)] = number;
    }

    /// <summary>The bucket of the id, or the empty one where it belongs (linear probing).</summary>
    private int Bucket(PackedId id)
    {
        int mask = _buckets.Length - 1;
        int bucket = id.GetHashCode() & mask;
        while (_buckets[bucket] is int number and not None && _ids[number / ChunkSize][number % ChunkSize] != id)
        {
            bucket = (bucket + 1) & mask;
        }

        return bucket;
    }

    /// <summary>Empties a bucket and moves displaced entries back (Knuth, vol. 3, 6.4, algorithm R).</summary>
    private void Vacate(int hole)
    {
        int mask = _buckets.Length - 1;
        for (int next = (hole + 1) & mask; _buckets[next] is int number and not None; next = (next + 1) & mask)
        {
            int home = _ids[number / ChunkSize][number % ChunkSize].GetHashCode() & mask;
            if (((next - home) & mask) >= ((next - hole) & mask))
            {
                _buckets[hole] = number;
                hole = next;
            }
        }

        _buckets[hole] = None;
    }

    private void Grow()
    {
        int[] old = _buckets;
        _buckets = NewBuckets((int)BitOperations.RoundUpToPowerOf2((uint)old.Length + 1));
        foreach (int number in old)
        {
            if (number != None)
            {
                _buckets[Bucket(_ids[number / ChunkSize][number % ChunkSize])] = number;
            }
        }
    }
}
