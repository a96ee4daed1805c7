using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Storage;

namespace Marketing.VectorIndex;

/// <summary>
/// Compares the rows of an index with its memory and with their digests, a few thousand slots at a time, so that writers wait only a
/// few milliseconds. The caller holds the write lock.
/// </summary>
internal sealed class IndexConsistencyCheck(VectorCollection collection)
{
    private const int BatchSize = 4_096;

    private long _next = int.MinValue;

    public long Differences { get; private set; }

    /// <summary>
    /// Checks the next rows and optionally repairs them: rewrites rows from memory and removes entries that are corrupt in both.
    /// </summary>
    /// <returns>False when there are no more rows.</returns>
    public bool CheckNext(bool repair)
    {
        var rows = collection.Tables.ReadAfter(_next - 1, BatchSize);
        bool more = rows.Count == BatchSize;
        long end = more ? rows[^1].Row.Slot + 1L : Math.Max(collection.Store.Capacity, _next);
        var inFile = new Dictionary<int, (StoredEntry Row, long? Digest)>(rows.Count);
        rows.ForEach(read => inFile[read.Row.Slot] = read);
        var (removed, written, corrupt) = (new List<int>(), new List<StoredEntry>(), new List<int>());
        removed.AddRange(inFile.Keys.Where(slot => !IsLive(slot)));
        for (int slot = (int)Math.Max(0, _next); slot < Math.Min(end, collection.Store.Capacity); slot++)
        {
            if (!IsLive(slot))
            {
                continue;
            }

            EncodedEntry entry = collection.Store.Get(slot);
            if (!inFile.TryGetValue(slot, out var read) || !read.Row.Entry.IsSameAs(entry))
            {
                written.Add(collection.ToRow(slot, entry));
            }
            else if (read.Digest is { } digest && digest != entry.Digest())
            {
                corrupt.Add(slot);
            }
        }

        Differences += removed.Count + written.Count + corrupt.Count;
        _next = end;
        if (repair)
        {
            collection.Tables.Write(removed, written);
            collection.Commit(new WriteBatch(corrupt, []));
        }

        return more;
    }

    private bool IsLive(int slot) => slot >= 0 && slot < collection.Store.Capacity && EntryStore.IsLive(collection.Store.Version(slot));
}
