using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Quantization;
using Marketing.VectorIndex.Search;

namespace Marketing.VectorIndex.Ivf;

/// <summary>Builds the inverted lists of a store while it is read and written.</summary>
internal static class IvfTraining
{
    private const int SamplePerList = 64;
    private const int KMeansIterations = 8;

    /// <summary>The margin depends on the few farthest neighbors: thirty of 10,240, but only four of 1,280.</summary>
    private const int MaxCalibrationQueries = 1_024;

    /// <summary>The number of queries for an index of any size.</summary>
    private const int MinCalibrationQueries = 128;

    /// <summary>The comparisons that calibration may make: a few seconds of one core, in the background.</summary>
    private const int CalibrationComparisons = 200_000_000;

    private const int CalibrationNeighbors = 10;

    /// <summary>Trains centroids on a sample, assigns every entry to its list and calibrates the probe margin.</summary>
    /// <param name="store">The entries.</param>
    /// <param name="recallTarget">The share of the ten nearest neighbors that must lie in the probed lists.</param>
    /// <param name="seed">The same seed and entries give the same lists.</param>
    /// <param name="cancellationToken">Checked every few milliseconds.</param>
    /// <returns>The index, and the version at which each slot was added; 0 where there was no entry.</returns>
    public static (IvfIndex Index, int[] Versions) Run(EntryStore store, double recallTarget, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        int[] slots = LiveSlots(store);
        random.Shuffle(slots);
        int count = ListCount(slots.Length);
        Centroids centroids = KMeans.Train(Sample(store, slots, count * SamplePerList), count, KMeansIterations, random, cancellationToken);
        var ivf = new IvfIndex(centroids, float.PositiveInfinity, slots.Length);
        int[] versions = new int[store.Capacity];
        Array.Sort(slots);
        foreach (int slot in slots)
        {
            cancellationToken.ThrowIfCancellationRequested();
            versions[slot] = Append(store, ivf, slot);
        }

        ivf.ProbeMargin = CalibrateProbeMargin(store, ivf, slots, recallTarget, random, cancellationToken);
        return (ivf, versions);
    }

    /// <summary>Applies the writes made since each slot was added; the caller holds the write lock.</summary>
    public static void CatchUp(EntryStore store, IvfIndex ivf, ReadOnlySpan<int> versions)
    {
        for (int slot = 0; slot < store.Capacity; slot++)
        {
            int version = store.Version(slot);
            if (version == (slot < versions.Length ? versions[slot] : 0))
            {
                continue;
            }

            ivf.Remove(slot, store);
            if (EntryStore.IsLive(version))
            {
                Append(store, ivf, slot);
            }
        }
    }

    /// <summary>The next power of two above 1.5 √n: the index may double before it is trained again.</summary>
    internal static int ListCount(int entries) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, 1.5 * Math.Sqrt(entries)));

    private static int Append(EntryStore store, IvfIndex ivf, int slot)
    {
        EntryChunk chunk = store.Chunk(slot);
        int index = slot % EntryChunk.Size;
        int version = store.Version(slot);
        Span<short> wide = SearchBuffers.Current.WideCode(store.Dimensions);
        ScalarCode.Widen(chunk.Code(index), wide);
        int list = ivf.Centroids.Nearest(wide, chunk.Scales[index]);
        ivf.Append(slot, list, chunk.Code(index), chunk.Scales[index]);

        // An entry that changed while it was read is corrected by CatchUp.
        return store.Version(slot) == version && EntryStore.IsLive(version) ? version : int.MinValue;
    }

    private static int[] LiveSlots(EntryStore store)
    {
        var slots = new List<int>(store.Count);
        for (int slot = 0; slot < store.Capacity; slot++)
        {
            if (EntryStore.IsLive(store.Version(slot)))
            {
                slots.Add(slot);
            }
        }

        return [.. slots];
    }

    private static TrainingSample Sample(EntryStore store, ReadOnlySpan<int> slots, int most)
    {
        var sample = new TrainingSample(Math.Min(most, slots.Length), store.Dimensions);
        for (int i = 0; i < sample.Count; i++)
        {
            EntryChunk chunk = store.Chunk(slots[i]);
            int index = slots[i] % EntryChunk.Size;
            sample.Set(i, chunk.Code(index), chunk.Scales[index]);
        }

        return sample;
    }

    /// <summary>
    /// The margin that keeps the given share of the ten nearest neighbors within reach. Stored entries serve as queries, with
    /// their own user excluded.
    /// </summary>
    private static float CalibrateProbeMargin(
        EntryStore store, IvfIndex ivf, int[] slots, double recallTarget, Random random, CancellationToken cancellationToken)
    {
        var requiredMargins = new List<float>();
        Span<TopKMatches.Match> heap = stackalloc TopKMatches.Match[CalibrationNeighbors];
        short[] wide = new short[store.Dimensions];
        int queries = Math.Clamp(CalibrationComparisons / Math.Max(1, slots.Length), MinCalibrationQueries, MaxCalibrationQueries);
        for (int i = 0; i < queries && slots.Length > CalibrationNeighbors; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int slot = slots[random.Next(slots.Length)];
            EntryChunk chunk = store.Chunk(slot);
            int index = slot % EntryChunk.Size;
            ScalarCode.Widen(chunk.Code(index), wide);
            var query = new PreparedQuery(wide, chunk.Scales[index], default, new SearchFilter(chunk.Groups[index], IdTable.None));
            var matches = new TopKMatches(heap);
            ExactSearch.Run(store, query, ref matches);
            foreach (TopKMatches.Match match in matches.Sorted())
            {
                int list = ivf.ListOf(match.Slot);
                if (list >= 0 && matches.Threshold > float.NegativeInfinity)
                {
                    float product = DotProduct.Of(wide, ivf.Centroids.Code(list)) * query.Scale * ivf.Centroids.Scale(list);
                    requiredMargins.Add(matches.Threshold - 0.5f - (product - ivf.Centroids.HalfSquaredNorm(list)));
                }
            }
        }

        requiredMargins.Sort();
        return requiredMargins.Count == 0 ? float.PositiveInfinity : requiredMargins[(int)Math.Min(requiredMargins.Count - 1, requiredMargins.Count * recallTarget)];
    }
}
