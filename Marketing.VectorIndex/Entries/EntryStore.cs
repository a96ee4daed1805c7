using System.Diagnostics.CodeAnalysis;

namespace Marketing.VectorIndex.Entries;

/// <summary>
/// The stored entries, by slot. One writer at a time. Scans need no lock and check the version of an entry; lookups by key take
/// a lock for well under a microsecond.
/// </summary>
internal sealed class EntryStore(int dimensions)
{
    /// <summary>The label number of an entry without a label.</summary>
    public const int NoLabel = -1;

    /// <summary>The label number of a free slot.</summary>
    public const int FreeSlot = -2;

    private const int NoSlot = -1;

    private readonly Lock _lock = new();
    private readonly IdTable _keys = new();
    private readonly IdTable _groups = new();
    private readonly IdTable _labels = new();
    private readonly List<int> _firstOfGroup = [];
    private EntryChunk[] _chunks = [];
    private int _count;

    public int Dimensions => dimensions;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The number of slots, occupied or free.</summary>
    public int Capacity => Chunks.Length * EntryChunk.Size;

    public ReadOnlySpan<EntryChunk> Chunks => Volatile.Read(ref _chunks);

    public EntryChunk Chunk(int slot) => Volatile.Read(ref _chunks)[slot / EntryChunk.Size];

    public int Version(int slot) => Volatile.Read(ref Chunk(slot).Versions[slot % EntryChunk.Size]);

    public static bool IsLive(int version) => (version & 1) == 1;

    /// <summary>Reserves a slot for an entry; a known key keeps its slot.</summary>
    public int Reserve(string key)
    {
        lock (_lock)
        {
            int slot = _keys.Acquire(key);
            EnsureChunk(slot);
            return slot;
        }
    }

    /// <summary>Undoes a <see cref="Reserve"/>.</summary>
    public void Release(int slot)
    {
        lock (_lock)
        {
            _keys.Release(slot);
        }
    }

    /// <summary>Puts an entry into its former slot; call <see cref="CompleteRestore"/> after the last.</summary>
    /// <returns>False when the key already has a slot.</returns>
    public bool TryRestore(int slot, EncodedEntry entry)
    {
        if (!_keys.TryRestore(slot, entry.Key))
        {
            return false;
        }

        EnsureChunk(slot);
        Put(slot, entry);
        return true;
    }

    public void CompleteRestore() => _keys.FreeGaps();

    /// <summary>Writes an entry to a reserved, empty slot.</summary>
    public void Put(int slot, EncodedEntry entry)
    {
        EntryChunk chunk = Chunk(slot);
        int index = slot % EntryChunk.Size;
        lock (_lock)
        {
            int group = _groups.Acquire(entry.Group);
            while (group >= _firstOfGroup.Count)
            {
                _firstOfGroup.Add(NoSlot);
            }

            entry.Code.CopyTo(chunk.Codes, index * dimensions);
            entry.Refinement.CopyTo(chunk.RefinementOf(index));
            chunk.Scales[index] = entry.Scale;
            chunk.Ticks[index] = entry.Timestamp.UtcTicks;
            chunk.Terms.Set(index, entry.Terms.Span);
            chunk.Groups[index] = group;
            chunk.NextOfGroup[index] = _firstOfGroup[group];
            _firstOfGroup[group] = slot;
            Volatile.Write(
                ref chunk.Labels[index],
                entry.Label is { } label ? _labels.Acquire(label) : NoLabel);
            Interlocked.Increment(ref chunk.Versions[index]);
            _count++;
        }
    }

    /// <summary>Empties a slot and releases it.</summary>
    public void Remove(int slot)
    {
        EntryChunk chunk = Chunk(slot);
        int index = slot % EntryChunk.Size;
        lock (_lock)
        {
            Interlocked.Increment(ref chunk.Versions[index]);
            int label = chunk.Labels[index];
            Volatile.Write(ref chunk.Labels[index], FreeSlot);
            Unlink(slot, chunk.Groups[index]);
            chunk.Codes.AsSpan(index * dimensions, dimensions).Clear();
            chunk.RefinementOf(index).Clear();
            chunk.Terms.Set(index, []);
            _groups.Release(chunk.Groups[index]);
            _keys.Release(slot);
            if (label != NoLabel)
            {
                _labels.Release(label);
            }

            _count--;
        }
    }

    public bool TryFind(string key, out int slot)
    {
        lock (_lock)
        {
            slot = _keys.Find(key);
            return slot != IdTable.None && IsLive(Version(slot));
        }
    }

    /// <returns>
    /// The group's number, or <see cref="IdTable.None"/>, to compare with <see cref="EntryChunk.Groups"/>; it may be reused later.
    /// </returns>
    public int FindGroup(string group)
    {
        lock (_lock)
        {
            return _groups.Find(group);
        }
    }

    /// <returns>The label's number, or <see cref="IdTable.None"/>, and how many entries have it.</returns>
    public (int Number, int Entries) FindLabel(string label)
    {
        lock (_lock)
        {
            int number = _labels.Find(label);
            return (number, number == IdTable.None ? 0 : _labels.Uses(number));
        }
    }

    /// <summary>The group's entries, in no particular order.</summary>
    public List<(int Slot, EncodedEntry Entry)> EntriesOf(string group)
    {
        lock (_lock)
        {
            var entries = new List<(int, EncodedEntry)>();
            int number = _groups.Find(group);
            for (int slot = number == IdTable.None ? NoSlot : _firstOfGroup[number]; slot != NoSlot;)
            {
                entries.Add((slot, Read(slot)));
                slot = Chunk(slot).NextOfGroup[slot % EntryChunk.Size];
            }

            return entries;
        }
    }

    public EncodedEntry Get(int slot)
    {
        lock (_lock)
        {
            return Read(slot);
        }
    }

    /// <summary>The entry in a slot; null when it is empty.</summary>
    public EncodedEntry? TryGet(int slot)
    {
        lock (_lock)
        {
            return IsLive(Version(slot)) ? Read(slot) : null;
        }
    }

    /// <summary>Gets the key and the group of an entry, if it still has the given version.</summary>
    public bool TryIdentify(int slot, int version, [NotNullWhen(true)] out string? key, [NotNullWhen(true)] out string? group)
    {
        group = _groups.Text(Chunk(slot).Groups[slot % EntryChunk.Size]);
        key = _keys.Text(slot);
        Volatile.ReadBarrier();
        return Version(slot) == version;
    }

    private EncodedEntry Read(int slot)
    {
        EntryChunk chunk = Chunk(slot);
        int index = slot % EntryChunk.Size;
        int label = chunk.Labels[index];
        return new EncodedEntry(
            _keys.Text(slot),
            _groups.Text(chunk.Groups[index]),
            label == NoLabel ? null : _labels.Text(label),
            new DateTimeOffset(chunk.Ticks[index], TimeSpan.Zero),
            chunk.Scales[index],
            chunk.Code(index).ToArray(),
            chunk.RefinementOf(index).ToArray(),
            chunk.Terms.Get(index).ToArray());
    }

    private void EnsureChunk(int slot)
    {
        while (slot >= Capacity)
        {
            Volatile.Write(ref _chunks, [.. _chunks, new EntryChunk(dimensions)]);
        }
    }

    private void Unlink(int slot, int group)
    {
        int next = Chunk(slot).NextOfGroup[slot % EntryChunk.Size];
        if (_firstOfGroup[group] == slot)
        {
            _firstOfGroup[group] = next;
            return;
        }

        int before = _firstOfGroup[group];
        while (Chunk(before).NextOfGroup[before % EntryChunk.Size] != slot)
        {
            before = Chunk(before).NextOfGroup[before % EntryChunk.Size];
        }

        Chunk(before).NextOfGroup[before % EntryChunk.Size] = next;
    }
}
