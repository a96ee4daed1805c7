using Marketing.Decisions.OffPolicy.Rewards;

namespace Marketing.Decisions.OffPolicy;

/// <summary>A log prepared for the estimators: importance weights, rewards, and what the reward model predicts.</summary>
public sealed class WeightedLog
{
    private readonly double[] _weights;
    private readonly double[] _rewards;
    private readonly double[] _predicted;
    private readonly double[] _predictedTarget;

    /// <param name="outcomes">The decisions, in the order of time, independent of each other.</param>
    /// <exception cref="ArgumentException">
    /// There is no decision, a propensity is not above 0 and at most 1, or a reward is not finite.
    /// </exception>
    public WeightedLog(IReadOnlyList<LoggedOutcome> outcomes)
    {
        if (outcomes.Count == 0)
        {
            throw new ArgumentException("The log contains no decision.", nameof(outcomes));
        }

        var (entries, index) = LogEntry.Number(outcomes);
        var sums = new CellSums(index);
        foreach (var entry in entries)
        {
            sums.Add(entry.Pair, entry.Reward);
        }

        _weights = Array.ConvertAll(entries, entry => entry.Weight);
        _rewards = Array.ConvertAll(entries, entry => entry.Reward);
        _predicted = new double[entries.Length];
        _predictedTarget = new double[entries.Length];
        CrossFit.Predict(entries, sums, _predicted, _predictedTarget);
        Target = TargetShares.Of(entries, sums);
        Diagnostics = WeightDiagnostics.Of(_weights, Target.Support);
    }

    public int Count => _weights.Length;

    /// <summary>How much the log can say about the target policy.</summary>
    public WeightDiagnostics Diagnostics { get; }

    /// <summary>The importance weight of each decision.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    public ReadOnlySpan<double> Rewards => _rewards;

    /// <summary>The predicted reward of the action that was taken.</summary>
    internal ReadOnlySpan<double> Predicted => _predicted;

    /// <summary>The expected predicted reward under the target policy.</summary>
    internal ReadOnlySpan<double> PredictedTarget => _predictedTarget;

    internal TargetShares Target { get; }
}
