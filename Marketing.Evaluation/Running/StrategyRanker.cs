using Marketing.Domain;
using Marketing.Evaluation.Baselines;
using Marketing.Evaluation.Experiments;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Strategies;

namespace Marketing.Evaluation.Running;

/// <summary>Adapts a strategy of the product to a ranker.</summary>
internal sealed class StrategyRanker(IRecommendationStrategy strategy) : IRanker
{
    public string Name => strategy.Name;

    public async ValueTask<IReadOnlyList<CampaignId>> RankAsync(Question question, int limit, CancellationToken cancellationToken)
    {
        var answer = await strategy.RecommendAsync(
            new RecommendationRequest(question.UserId, limit, strategy.Name), cancellationToken);
        return answer.Degraded.Count == 0
            ? [.. answer.Campaigns.Select(campaign => new CampaignId(campaign.CampaignId))]
            : throw new EvaluationException(
                $"An answer of {strategy.Name} lacks {string.Join(", ", answer.Degraded)}, so its figures would mean nothing.");
    }
}
