using System.Buffers;
using System.Numerics.Tensors;

namespace Marketing.Recommendations.Ranking;

/// <summary>The scores of one answer: a row a source and one for their blend, a column a campaign ordinal. Pooled; dispose of it.</summary>
internal sealed class ScoreBoard : IDisposable
{
    // Far beyond any score, and far from where sums overflow.
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

    /// <summary>The blended scores; minus infinity for a campaign that may not be shown.</summary>
    public Span<float> Total => Row(_sources);

    /// <summary>What one source gave, unweighted.</summary>
    public Span<float> Row(int source) => _scores.AsSpan(source * _campaigns, _campaigns);

    /// <summary>Adds what a source gave, weighted, to the blend.</summary>
    public void AddToTotal(int source, float weight)
    {
        MakeFinite(source);
        TensorPrimitives.MultiplyAdd(Row(source), weight, Total, Total);
    }

    /// <summary>Takes out of what a source gave whatever is no score: a vector or a weight that is damaged must not decide, nor spoil an answer.</summary>
    public void MakeFinite(int source)
    {
        var row = Row(source);

        // True of no NaN.
        if (row.IsEmpty || MathF.Abs(TensorPrimitives.MaxMagnitude<float>(row)) <= Largest)
        {
            return;
        }

        for (var i = 0; i < row.Length; i++)
        {
            row[i] = float.IsFinite(row[i]) ? Math.Clamp(row[i], -Largest, Largest) : 0;
        }
    }

    /// <summary>The score of a campaign as it is told: 0 or more. What speaks against a campaign orders it behind the others, and is in the evidence.</summary>
    public double ScoreOf(int campaign) => Math.Max(0, Total[campaign]);

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);
}
