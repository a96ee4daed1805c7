using Marketing.Domain;
using Marketing.Evaluation.Experiments;

namespace Marketing.Evaluation.Baselines;

/// <summary>Ranks by the number of clicks and conversions in the training log, ties by id.</summary>
internal sealed class PopularRanker(Experiment experiment) : IRanker
{
    private readonly CandidateSet _candidates = new(experiment);

    private readonly Dictionary<CampaignId, int> _counts = experiment.Training
        .Where(interaction => interaction.Type is InteractionType.Click or InteractionType.Convert)
        .CountBy(interaction => interaction.CampaignId!.Value)
        .ToDictionary();

    public string Name => "popular";

    public ValueTask<IReadOnlyList<CampaignId>> RankAsync(Question question, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<CampaignId>>(
        [
            .. _candidates.Of(question)
                .OrderByDescending(campaign => _counts.GetValueOrDefault(campaign))
                .ThenBy(campaign => campaign)
                .Take(limit),
        ]);
}
