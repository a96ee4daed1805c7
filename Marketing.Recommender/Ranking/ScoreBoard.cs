using System.Buffers;
using System.Numerics.Tensors;

namespace Marketing.Recommender.Ranking;

/// <summary>The scores of one answer: a row a source and one for their blend, a column a campaign ordinal. Pooled; dispose of it.</summary>
internal sealed class ScoreBoard : IDisposable
{
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
    public void AddToTotal(int source, float weight) => TensorPrimitives.MultiplyAdd(Row(source), weight, Total, Total);

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);
}
