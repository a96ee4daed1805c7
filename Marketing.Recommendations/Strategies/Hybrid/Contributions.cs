using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Ranking;
using Marketing.Recommendations.Recall;

namespace Marketing.Recommendations.Strategies.Hybrid;

/// <summary>What each source gave to the score of one campaign.</summary>
internal readonly struct Contributions
{
    private readonly IRecallSource[] _sources;
    private readonly ScoreBoard _board;
    private readonly int _ordinal;

    public Contributions(IRecallSource[] sources, ScoreBoard board, int ordinal)
    {
        (_sources, _board, _ordinal) = (sources, board, ordinal);
        var most = 0f;
        for (var i = 0; i < sources.Length; i++)
        {
            var given = Given(i);
            if (given > 0 && sources[i].Basis < Basis)
            {
                Basis = sources[i].Basis;
            }

            if (given > most)
            {
                (most, Main) = (given, sources[i]);
            }
        }
    }

    /// <summary>The most personal basis that spoke for the campaign.</summary>
    public RecommendationBasis Basis { get; } = RecommendationBasis.Popular;

    /// <summary>The source that gave most; null when none spoke for the campaign.</summary>
    public IRecallSource? Main { get; }

    /// <summary>The weighted scores by the sources' names, those that are not zero.</summary>
    public IReadOnlyDictionary<string, double> ToDictionary()
    {
        var contributions = new Dictionary<string, double>(_sources.Length);
        for (var i = 0; i < _sources.Length; i++)
        {
            if (Given(i) is var given and not 0)
            {
                contributions[_sources[i].Name] = given;
            }
        }

        return contributions;
    }

    private float Given(int source) => _sources[source].Weight * _board.Row(source)[_ordinal];
}
