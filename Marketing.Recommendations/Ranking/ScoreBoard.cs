using System.Buffers;
using System.Numerics.Tensors;

namespace Marketing.Recommendations.Ranking;

/// <summary>
/// The scores of one answer: a row per source plus one for the blend, a column per campaign ordinal; pooled, so dispose of it.
/// </summary>
internal sealed class ScoreBoard : IDisposable
{
    // Far above any real score, and small enough that sums do not overflow.
    private const float Largest = 1e9f;

    private readonly float[] _scores;
    private readonly int _campaigns;
    private readonly int _sources;

    public ScoreBoard(int sources, int campaigns)
    {
        _sources = sources;
        _campaigns = campaigns;
        _scores = ArrayPool<float>.Shared.Rent((sources + 1) * campaigns);
        _scores.AsSpan(0, (sources + 1) * campaigns).Clear();
    }

    /// <summary>The blended scores; minus infinity for ineligible campaigns.</summary>
    public Span<float> Total => Row(_sources);

    /// <summary>Returns one source's scores, unweighted.</summary>
    public Span<float> Row(int source) => _scores.AsSpan(source * _campaigns, _campaigns);

    /// <summary>Adds a source's weighted scores to the blend.</summary>
    public void AddToTotal(int source, float weight)
    {
        MakeFinite(source);
        TensorPrimitives.MultiplyAdd(Row(source), weight, Total, Total);
    }

    /// <summary>
    /// Zeroes NaN and infinity and clamps extreme scores, so that a damaged vector or weight cannot decide or break an answer.
    /// </summary>
    public void MakeFinite(int source)
    {
        var row = Row(source);

        // False for NaN.
        if (row.IsEmpty || MathF.Abs(TensorPrimitives.MaxMagnitude<float>(row)) <= Largest)
        {
            return;
        }

        for (var i = 0; i < row.Length; i++)
        {
            row[i] = float.IsFinite(row[i]) ? Math.Clamp(row[i], -Largest, Largest) : 0;
        }
    }

    /// <summary>Returns the score to report, 0 or more; negative blends still rank last and appear in the evidence.</summary>
    public double ScoreOf(int campaign) => Math.Max(0, Total[campaign]);

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);
}
