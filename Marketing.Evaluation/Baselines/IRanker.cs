using Marketing.Domain;
using Marketing.Evaluation.Experiments;

namespace Marketing.Evaluation.Baselines;

/// <summary>Whatever answers a question: a strategy of the product, or a baseline.</summary>
internal interface IRanker
{
    /// <summary>Its name in the report.</summary>
    string Name { get; }

    /// <summary>The campaigns for the user of a question, best first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<CampaignId>> RankAsync(Question question, int limit, CancellationToken cancellationToken);
}
