using System.Numerics;

namespace Marketing.Stores.InProcess;

/// <summary>
/// Searches cells from the nearest on: bit codes say which entries may be better than the worst match so far, their 8-bit
/// codes say whether they are. It ends at the first cell that is farther than the leading matches by more than the margin.
/// </summary>
internal static class CellSearch
{
    /// <summary>Standard errors by which an estimate may be too low before a match is overlooked: one in a thousand.</summary>
    private const float ErrorBound = 3f;

    /// <summary>
    /// Of many cells no more than an eighth is visited: a question that resembles nothing would be compared with half of the index,
    /// for neighbours that are no nearer than any other.
    /// </summary>
    private const int MostShare = 8;

    /// <summary>Cells that may be visited however few there are.</summary>
    private const int FewCells = 128;

    public static void Run(
        EntryStore store, CellSet cells, in PreparedQuery query, SearchBuffers buffers, ref TopMatches matches)
    {
        Span<float> nearness = buffers.Nearness(cells.Centroids.Count);
        cells.Centroids.Nearness(query.Wide, query.Scale, nearness);
        var order = new CellOrder(nearness, buffers.Order(nearness.Length));
        int visits = Math.Max(FewCells, nearness.Length / MostShare);
        while (order.TryTake(out int cell)
            && (!matches.IsFull || (visits > 0 && IsWithin(nearness[cell], matches.LeadingThreshold, cells.Margin))))
        {
            visits--;
            // |q-c|² = |q|² + |c|² - 2 q·c, with |q| = 1.
            float distance = MathF.Sqrt(MathF.Max(0, 1 - (2 * nearness[cell])));
            float product = nearness[cell] + cells.Centroids.HalfSquare(cell);
            foreach (CodeBlock block in cells.Blocks(cell))
            {
                ulong candidates = block.Candidates(
                    query.Table, product - matches.Threshold, ErrorBound * BitCode.StandardError * distance);
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    int slot = block.Slot(BitOperations.TrailingZeroCount(candidates));
                    if (slot != CodeBlock.Gone)
                    {
                        query.Compare(store.Chunk(slot), slot, ref matches);
                    }
                }
            }
        }
    }

    /// <summary>
    /// With unit vectors, half a squared distance is <c>1 - similarity</c> to a match and <c>½ - nearness</c> to a centroid.
    /// </summary>
    private static bool IsWithin(float nearness, float threshold, float margin) => nearness >= threshold - 0.5f - margin;
}
