using Marketing.Domain;
using Marketing.Evaluation.Experiments;

namespace Marketing.Evaluation.Baselines;

/// <summary>What a baseline may choose from, so that it is not beaten for offering what the user already has.</summary>
internal sealed class CandidateSet(Experiment experiment)
{
    private readonly IReadOnlyList<CampaignId> _campaigns = [.. experiment.Campaigns.Select(campaign => campaign.Id)];

    private readonly HashSet<(UserId, CampaignId)> _settled =
    [
        .. experiment.Training
            .Where(interaction => interaction.Type is InteractionType.Convert or InteractionType.Dismiss)
            .Select(interaction => (interaction.UserId, interaction.CampaignId!.Value)),
    ];

    public IEnumerable<CampaignId> Of(Question question) =>
        (question.Candidates ?? _campaigns).Where(campaign => !_settled.Contains((question.UserId, campaign)));
}
