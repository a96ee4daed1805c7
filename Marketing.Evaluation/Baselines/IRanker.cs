using Marketing.Domain;
using Marketing.Evaluation.Experiments;

namespace Marketing.Evaluation.Baselines;

/// <summary>Answers questions: a strategy of the product, or a baseline.</summary>
internal interface IRanker
{
    /// <summary>The name in the report.</summary>
    string Name { get; }

    /// <summary>Ranks campaigns for the user of a question, best first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<CampaignId>> RankAsync(Question question, int limit, CancellationToken cancellationToken);
}
