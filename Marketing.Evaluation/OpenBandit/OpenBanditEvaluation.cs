using Marketing.Decisions.OffPolicy;
using Marketing.Evaluation.Commands;
using Marketing.Evaluation.Data;
using Marketing.Evaluation.Reporting;

namespace Marketing.Evaluation.OpenBandit;

/// <summary>
/// Estimates the value of one policy from the log of another, beside its value in its own log: the uniform policy from that of Bernoulli
/// Thompson sampling, and the other way round.
/// </summary>
/// <remarks>Data: Saito, Aihara, Matsutani and Narita, "Open Bandit Dataset and Pipeline", NeurIPS 2021.</remarks>
internal sealed class OpenBanditEvaluation : IEvaluation
{
    private const string DefaultCampaign = "men";

    public string Name => "openbandit";

    public bool HasCampaigns => true;

    public IReadOnlyList<string> Strategies { get; } = [.. OffPolicyEvaluation.Estimators.Select(estimator => estimator.Name)];

    public Task<IReadOnlyList<EvaluationRow>> RunAsync(
        DataFolder data, EvaluationSettings settings, IReadOnlyList<string> strategies, CancellationToken cancellationToken)
    {
        var campaign = settings.Campaign ?? DefaultCampaign;
        var random = Impression.Read(data, "random", campaign);
        var thompson = Impression.Read(data, "bts", campaign);
        IReadOnlyList<EvaluationRow> rows =
        [
            .. Judge("uniform-from-bts", thompson, PolicyTable.Uniform([.. random, .. thompson]), random, strategies),
            .. Judge("bts-from-uniform", random, PolicyTable.Observed(thompson), thompson, strategies),
        ];
        return Task.FromResult(rows);
    }

    /// <param name="subset">Which policy from which log.</param>
    /// <param name="log">The log of the other policy.</param>
    /// <param name="target">The policy to judge.</param>
    /// <param name="own">Its own log, which tells the truth but for its own noise.</param>
    /// <param name="strategies">The estimators.</param>
    private IEnumerable<EvaluationRow> Judge(
        string subset, IReadOnlyList<Impression> log, PolicyTable target, IReadOnlyList<Impression> own, IReadOnlyList<string> strategies)
    {
        var evaluation = OffPolicyEvaluation.Of(new([.. log.Select(impression => new LoggedOutcome(
            impression.Position, impression.Item, impression.Propensity, impression.Clicked ? 1 : 0, target.At(impression.Position)))]));
        var truth = (double)own.Count(impression => impression.Clicked) / own.Count;
        return evaluation.Estimates.Where(estimate => strategies.Contains(estimate.Estimator)).Select(estimate => new EvaluationRow(
            Name,
            subset,
            estimate.Estimator,
            log.Count,
            new Dictionary<string, double>
            {
                ["value"] = estimate.Value,
                ["low"] = estimate.Interval.Low,
                ["high"] = estimate.Interval.High,
                ["truth"] = truth,
                ["ess"] = evaluation.Diagnostics.EffectiveSampleSize,
                ["largest-weight"] = evaluation.Diagnostics.LargestWeight,
                ["support"] = evaluation.Diagnostics.Support,
                ["verdict"] = evaluation.Diagnostics.CanTell ? 1 : 0,
            })
        {
            IsScore = false,
        });
    }
}
