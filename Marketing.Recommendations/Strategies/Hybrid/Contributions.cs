using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Ranking;
using Marketing.Recommendations.Recall;

namespace Marketing.Recommendations.Strategies.Hybrid;

/// <summary>Each source's contribution to one campaign's score.</summary>
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

    /// <summary>The most personal basis that contributed.</summary>
    public RecommendationBasis Basis { get; } = RecommendationBasis.Popular;

    /// <summary>The source that contributed most; null if none did.</summary>
    public IRecallSource? Main { get; }

    /// <summary>Returns the nonzero weighted scores by source name.</summary>
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
