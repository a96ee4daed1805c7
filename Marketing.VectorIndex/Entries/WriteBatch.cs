namespace Marketing.VectorIndex.Entries;

/// <summary>The entries that a write removes and adds, applied as a whole.</summary>
/// <param name="Removed">The slots to empty.</param>
/// <param name="Added">The entries to write.</param>
internal sealed record WriteBatch(List<int> Removed, List<EncodedEntry> Added)
{
    /// <summary>An upsert that keeps the newest entries of each group, and the last one with the same key.</summary>
    public static WriteBatch ForUpsert(EntryStore store, IReadOnlyList<EncodedEntry> entries, int perGroup)
    {
        var batch = new WriteBatch([], []);
        var incoming = new Dictionary<string, EncodedEntry>();
        foreach (EncodedEntry entry in entries)
        {
            incoming[entry.Key] = entry;
        }

        foreach (EncodedEntry entry in incoming.Values.ToList())
        {
            if (!store.TryFind(entry.Key, out int slot))
            {
                continue;
            }

            if (store.Get(slot).IsSameAs(entry))
            {
                incoming.Remove(entry.Key);
            }
            else
            {
                batch.Removed.Add(slot);
            }
        }

        var replaced = batch.Removed.ToHashSet();
        foreach (IGrouping<string, EncodedEntry> group in incoming.Values.GroupBy(entry => entry.Group))
        {
            batch.KeepNewest(store.EntriesOf(group.Key).Where(entry => !replaced.Contains(entry.Slot)), group, perGroup);
        }

        return batch;
    }

    /// <summary>Removes the entries with these keys.</summary>
    public static WriteBatch ForRemoval(EntryStore store, IReadOnlyList<string> keys)
    {
        var slots = new HashSet<int>();
        foreach (string key in keys)
        {
            if (store.TryFind(key, out int slot))
            {
                slots.Add(slot);
            }
        }

        return new WriteBatch([.. slots], []);
    }

    /// <summary>Removes all entries of a group.</summary>
    public static WriteBatch ForRemoval(EntryStore store, string group) =>
        new([.. store.EntriesOf(group).Select(entry => entry.Slot)], []);

    private void KeepNewest(IEnumerable<(int Slot, EncodedEntry Entry)> kept, IEnumerable<EncodedEntry> incoming, int perGroup)
    {
        var newestFirst = kept
            .Select(entry => (Slot: (int?)entry.Slot, entry.Entry))
            .Concat(incoming.Select(entry => (Slot: (int?)null, Entry: entry)))
            .OrderByDescending(entry => entry.Entry.Timestamp)
            .ThenByDescending(entry => entry.Entry.Key, StringComparer.Ordinal);
        foreach ((int place, (int? slot, EncodedEntry entry)) in newestFirst.Index())
        {
            if (place < perGroup && slot is null)
            {
                Added.Add(entry);
            }
            else if (place >= perGroup && slot is { } old)
            {
                Removed.Add(old);
            }
        }
    }
}
