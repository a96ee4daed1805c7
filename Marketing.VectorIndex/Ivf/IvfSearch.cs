using System.Numerics;
using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Search;

namespace Marketing.VectorIndex.Ivf;

/// <summary>
/// Probes inverted lists, nearest first. RaBitQ codes tell which entries may be better than the worst match so far, and the 8-bit
/// codes of those tell whether they are. Stops at the first list that is farther than the probe threshold by more than the margin.
/// </summary>
internal static class IvfSearch
{
    /// <summary>Standard errors by which an estimate may be too low before a match is missed: about one in a thousand.</summary>
    private const float ErrorBoundSigmas = 3f;

    /// <summary>
    /// A search probes at most one eighth of a large index. A query that resembles nothing would otherwise be compared with half of it,
    /// for neighbors that are no nearer than any others.
    /// </summary>
    private const int ProbeLimitDivisor = 8;

    /// <summary>The number of lists that a search may probe in an index of any size.</summary>
    private const int MinProbeLimit = 128;

    public static void Run(
        EntryStore store, IvfIndex ivf, in PreparedQuery query, SearchBuffers buffers, ref TopKMatches matches)
    {
        Span<float> scores = buffers.CentroidScores(ivf.Centroids.Count);
        ivf.Centroids.Score(query.WideCode, query.Scale, scores);
        var order = new ProbeOrder(scores, buffers.ProbeOrder(scores.Length));
        int probesLeft = Math.Max(MinProbeLimit, scores.Length / ProbeLimitDivisor);
        while (order.TryTake(out int list)
            && (!matches.IsFull || (probesLeft > 0 && IsWithinMargin(scores[list], matches.ProbeThreshold, ivf.ProbeMargin))))
        {
            probesLeft--;
            // |q-c|² = |q|² + |c|² - 2 q·c, with |q| = 1.
            float distance = MathF.Sqrt(MathF.Max(0, 1 - (2 * scores[list])));
            float product = scores[list] + ivf.Centroids.HalfSquaredNorm(list);
            foreach (CodeBlock block in ivf.Blocks(list))
            {
                ulong candidates = block.Candidates(
                    query.Table, product - matches.Threshold, ErrorBoundSigmas * RaBitQCode.StandardError * distance);
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    int slot = block.Slot(BitOperations.TrailingZeroCount(candidates));
                    if (slot != CodeBlock.Tombstone)
                    {
                        query.Compare(store.Chunk(slot), slot, ref matches);
                    }
                }
            }
        }
    }

    /// <summary>
    /// With unit vectors, half a squared distance is <c>1 - similarity</c> to a match and <c>½ - score</c> to a centroid.
    /// </summary>
    private static bool IsWithinMargin(float score, float threshold, float margin) => score >= threshold - 0.5f - margin;
}
