using Marketing.Domain;
using Marketing.Evaluation.Experiments;

namespace Marketing.Evaluation.Baselines;

/// <summary>Ranks at random, with a fixed seed.</summary>
internal sealed class RandomRanker(Experiment experiment) : IRanker
{
    private const int Seed = 1;

    private readonly CandidateSet _candidates = new(experiment);
    private readonly Random _random = new(Seed);

    public string Name => "random";

    public ValueTask<IReadOnlyList<CampaignId>> RankAsync(Question question, int limit, CancellationToken cancellationToken)
    {
        CampaignId[] campaigns = [.. _candidates.Of(question)];
        _random.Shuffle(campaigns);
        return ValueTask.FromResult<IReadOnlyList<CampaignId>>(campaigns[..Math.Min(limit, campaigns.Length)]);
    }
}
