namespace Marketing.Stores.InProcess;

/// <summary>Makes cells for what a store holds, while it goes on being read and written.</summary>
internal static class CellTraining
{
    private const int SampleOfCell = 64;
    private const int Rounds = 8;

    /// <summary>The margin hangs on the few neighbours that lie farthest off: of 10,240 the thirty farthest decide, of 1,280 four.</summary>
    private const int MostCalibrationQueries = 1_024;

    /// <summary>Asked however many entries there are to compare with.</summary>
    private const int FewestCalibrationQueries = 128;

    /// <summary>Comparisons that calibration may take: some seconds of one core, in the background.</summary>
    private const int CalibrationComparisons = 200_000_000;

    private const int CalibrationNeighbours = 10;

    /// <summary>Trains centroids on a sample, puts every entry into its cell and measures the margin.</summary>
    /// <param name="store">What to divide.</param>
    /// <param name="recallTarget">The share of the ten nearest that must lie in the cells searched.</param>
    /// <param name="seed">The same seed and entries give the same cells.</param>
    /// <param name="cancellationToken">Checked every few milliseconds.</param>
    /// <returns>The cells, and the version at which each slot was put in; 0 where there was no entry.</returns>
    public static (CellSet Cells, int[] Versions) Run(EntryStore store, double recallTarget, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        int[] slots = Live(store);
        random.Shuffle(slots);
        int count = CellCount(slots.Length);
        Centroids centroids = KMeans.Train(Sample(store, slots, count * SampleOfCell), count, Rounds, random, cancellationToken);
        var cells = new CellSet(centroids, float.PositiveInfinity, slots.Length);
        int[] versions = new int[store.End];
        Array.Sort(slots);
        foreach (int slot in slots)
        {
            cancellationToken.ThrowIfCancellationRequested();
            versions[slot] = Append(store, cells, slot);
        }

        cells.Margin = Margin(store, cells, slots, recallTarget, random, cancellationToken);
        return (cells, versions);
    }

    /// <summary>Brings cells up to date with what was written since a slot was put in; the writer waits meanwhile.</summary>
    public static void CatchUp(EntryStore store, CellSet cells, ReadOnlySpan<int> versions)
    {
        for (int slot = 0; slot < store.End; slot++)
        {
            int version = store.Version(slot);
            if (version == (slot < versions.Length ? versions[slot] : 0))
            {
                continue;
            }

            cells.Remove(slot, store);
            if (EntryStore.IsLive(version))
            {
                Append(store, cells, slot);
            }
        }
    }

    /// <summary>A power of two near twice the root: the index may double before it is trained again.</summary>
    internal static int CellCount(int entries) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, 1.5 * Math.Sqrt(entries)));

    private static int Append(EntryStore store, CellSet cells, int slot)
    {
        EntryChunk chunk = store.Chunk(slot);
        int index = slot % EntryChunk.Size;
        int version = store.Version(slot);
        Span<short> wide = SearchBuffers.Current.Wide(store.Dimensions);
        ScalarCode.Widen(chunk.Code(index), wide);
        int cell = cells.Centroids.Nearest(wide, chunk.Scales[index]);
        cells.Append(slot, cell, chunk.Code(index), chunk.Scales[index]);

        // Another version: it changed while it was read, and is put right when the cells catch up.
        return store.Version(slot) == version && EntryStore.IsLive(version) ? version : int.MinValue;
    }

    private static int[] Live(EntryStore store)
    {
        var slots = new List<int>(store.Count);
        for (int slot = 0; slot < store.End; slot++)
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
    /// What keeps the ten nearest neighbours of entries within reach, for all but a share of them: entries are asked for
    /// as queries are, with their own user left out.
    /// </summary>
    private static float Margin(
        EntryStore store, CellSet cells, int[] slots, double recallTarget, Random random, CancellationToken cancellationToken)
    {
        var needed = new List<float>();
        Span<TopMatches.Match> room = stackalloc TopMatches.Match[CalibrationNeighbours];
        short[] wide = new short[store.Dimensions];
        int queries = Math.Clamp(CalibrationComparisons / Math.Max(1, slots.Length), FewestCalibrationQueries, MostCalibrationQueries);
        for (int i = 0; i < queries && slots.Length > CalibrationNeighbours; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int slot = slots[random.Next(slots.Length)];
            EntryChunk chunk = store.Chunk(slot);
            int index = slot % EntryChunk.Size;
            ScalarCode.Widen(chunk.Code(index), wide);
            var query = new PreparedQuery(wide, chunk.Scales[index], default, new SearchFilter(chunk.Users[index], IdTable.None));
            var matches = new TopMatches(room);
            ExactSearch.Run(store, query, ref matches);
            foreach (TopMatches.Match match in matches.Sorted())
            {
                int cell = cells.CellOf(match.Slot);
                if (cell >= 0 && matches.Threshold > float.NegativeInfinity)
                {
                    float product = DotProduct.Of(wide, cells.Centroids.Code(cell)) * query.Scale * cells.Centroids.Scale(cell);
                    needed.Add(matches.Threshold - 0.5f - (product - cells.Centroids.HalfSquare(cell)));
                }
            }
        }

        needed.Sort();
        return needed.Count == 0 ? float.PositiveInfinity : needed[(int)Math.Min(needed.Count - 1, needed.Count * recallTarget)];
    }
}
