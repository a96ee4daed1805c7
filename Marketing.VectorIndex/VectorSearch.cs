using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Ivf;
using Marketing.VectorIndex.Quantization;
using Marketing.VectorIndex.Search;

namespace Marketing.VectorIndex;

/// <summary>One search: exact or through the inverted lists, then refined by the ninth bits.</summary>
internal static class VectorSearch
{
    /// <summary>A label with at most this many entries is searched exactly, a larger one through the inverted lists.</summary>
    private const int BruteForceLabelLimit = 8_192;

    /// <summary>Extra matches to refine, because eight bits may rank about as many in the wrong order.</summary>
    private const int Oversampling = 6;

    /// <summary>
    /// The best matches that decide which lists to probe, as in the calibration of the margin. A query for more gets the best of those
    /// lists, because finding all of the hundred nearest neighbors would take half of the lists.
    /// </summary>
    private const int ProbeMatches = 17;

    public static List<SearchMatch> Run(VectorCollection collection, EntryCodec codec, SearchQuery query)
    {
        EntryStore store = collection.Store;
        var filter = new SearchFilter(query.ExcludeGroup is { } group ? store.FindGroup(group) : IdTable.None, IdTable.None);
        IvfIndex? ivf = collection.Ivf.Current;
        if (query.Label is { } label)
        {
            (int number, int entries) = store.FindLabel(label);
            if (number == IdTable.None)
            {
                return [];
            }

            filter = filter with { Label = number };
            ivf = entries <= BruteForceLabelLimit ? null : ivf;
        }

        SearchBuffers buffers = SearchBuffers.Current;
        Span<float> rotated = buffers.Rotated(codec.Dimensions);
        codec.Rotate(query.Vector, rotated);
        Span<short> wideCode = buffers.WideCode(codec.Dimensions);
        var table = new FastScanTable(rotated, buffers.Table(FastScanTable.SizeFor(rotated.Length)));
        var prepared = new PreparedQuery(wideCode, ScalarCode.EncodeWide(rotated, wideCode), table, filter);
        int kept = query.Count + Oversampling + (query.Count / 10);
        Span<float> probeSimilarities = stackalloc float[Math.Min(kept, ProbeMatches)];
        var matches = new TopKMatches(buffers.Matches(kept), probeSimilarities);
        if (ivf is null)
        {
            ExactSearch.Run(store, prepared, ref matches);
        }
        else
        {
            IvfSearch.Run(store, ivf, prepared, buffers, ref matches);
        }

        prepared.Refine(store, ref matches);
        return Identify(store, matches.Sorted(), query.Count);
    }

    /// <summary>Resolves the keys of the matches; skips those removed meanwhile, and those found twice because they moved.</summary>
    private static List<SearchMatch> Identify(EntryStore store, ReadOnlySpan<TopKMatches.Match> found, int count)
    {
        var matches = new List<SearchMatch>(Math.Min(found.Length, count));
        int previous = -1;
        foreach (TopKMatches.Match match in found)
        {
            if (matches.Count < count && match.Slot != previous && store.TryIdentify(match.Slot, match.Version, out string? key, out string? group))
            {
                matches.Add(new SearchMatch(key, group, Math.Clamp(match.Similarity, -1, 1)));
            }

            previous = match.Slot;
        }

        return matches;
    }
}
