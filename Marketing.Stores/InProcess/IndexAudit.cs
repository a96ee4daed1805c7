namespace Marketing.Stores.InProcess;

/// <summary>
/// Compares the rows of an index with its memory and with their digests, some slots at a time, so that a writer waits for a few
/// milliseconds only. For whoever may write.
/// </summary>
internal sealed class IndexAudit(IndexState state)
{
    private const int SlotsAtATime = 4_096;

    private long _next = int.MinValue;

    public long Differences { get; private set; }

    /// <summary>Looks at the next rows and, when asked to, mends them: the file is written from memory, and what is rotten in both is removed.</summary>
    /// <returns>False when there are no more.</returns>
    public bool Next(bool repair)
    {
        var rows = state.Rows.ReadAfter(_next - 1, SlotsAtATime);
        bool more = rows.Count == SlotsAtATime;
        long end = more ? rows[^1].Entry.Slot + 1L : Math.Max(state.Store.End, _next);
        var inFile = new Dictionary<int, (StoredEntry Entry, long? Digest)>(rows.Count);
        rows.ForEach(row => inFile[row.Entry.Slot] = row);
        var (removed, written, rotten) = (new List<int>(), new List<StoredEntry>(), new List<int>());
        removed.AddRange(inFile.Keys.Where(slot => !IsLive(slot)));
        for (int slot = (int)Math.Max(0, _next); slot < Math.Min(end, state.Store.End); slot++)
        {
            if (!IsLive(slot))
            {
                continue;
            }

            EncodedMessage message = state.Store.Get(slot);
            if (!inFile.TryGetValue(slot, out var row) || !row.Entry.Message.IsSameAs(message))
            {
                written.Add(state.ToEntry(slot, message));
            }
            else if (row.Digest is { } digest && digest != message.Digest())
            {
                rotten.Add(slot);
            }

        }

        Differences += removed.Count + written.Count + rotten.Count;
        _next = end;
        if (repair)
        {
            state.Rows.Write(removed, written);
            state.Commit(new Retention(rotten, []));
        }

        return more;
    }

    private bool IsLive(int slot) => slot >= 0 && slot < state.Store.End && EntryStore.IsLive(state.Store.Version(slot));
}
