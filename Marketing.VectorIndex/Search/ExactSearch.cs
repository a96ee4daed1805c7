using Marketing.VectorIndex.Entries;

namespace Marketing.VectorIndex.Search;

/// <summary>Compares the query with every entry, or every entry with a label: the fastest search of a small index.</summary>
internal static class ExactSearch
{
    public static void Run(EntryStore store, in PreparedQuery query, ref TopKMatches matches)
    {
        int start = 0;
        foreach (EntryChunk chunk in store.Chunks)
        {
            if (query.Filter.Label == IdTable.None)
            {
                CompareAll(chunk, start, query, ref matches);
            }
            else
            {
                CompareLabel(chunk, start, query, ref matches);
            }

            start += EntryChunk.Size;
        }
    }

    private static void CompareAll(EntryChunk chunk, int start, in PreparedQuery query, ref TopKMatches matches)
    {
        for (int index = 0; index < EntryChunk.Size; index++)
        {
            if (chunk.Labels[index] != EntryStore.FreeSlot)
            {
                query.Compare(chunk, start + index, ref matches);
            }
        }
    }

    private static void CompareLabel(EntryChunk chunk, int start, in PreparedQuery query, ref TopKMatches matches)
    {
        for (int index = 0; index < EntryChunk.Size; index++)
        {
            int next = chunk.Labels.AsSpan(index).IndexOf(query.Filter.Label);
            if (next < 0)
            {
                return;
            }

            index += next;
            query.Compare(chunk, start + index, ref matches);
        }
    }
}
