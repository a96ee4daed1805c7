using Marketing.Decisions.OffPolicy.Estimators;
using Marketing.Decisions.Statistics;

namespace Marketing.Decisions.OffPolicy;

/// <summary>Judges a target policy by the decisions of another, before anyone is shown what it would do.</summary>
/// <param name="Diagnostics">How much the log can say.</param>
/// <param name="Estimates">One estimate per estimator.</param>
public sealed record OffPolicyEvaluation(WeightDiagnostics Diagnostics, IReadOnlyList<OffPolicyEstimate> Estimates)
{
    /// <summary>The estimators, in the order of the reports.</summary>
    public static IReadOnlyList<IOffPolicyEstimator> Estimators { get; } =
    [
        new InversePropensity(),
        new SelfNormalized(),
        new DirectMethod(),
        new DoublyRobust(),
        new ShrunkDoublyRobust(),
    ];

    /// <summary>One sentence: what the log says about the target policy, or that it cannot tell.</summary>
    public string Verdict => !Diagnostics.CanTell
        ? "The log cannot tell."
        : $"The policy would have earned {Estimates.Single(estimate => estimate.Estimator == "dr").Interval.Low:G3}"
            + $" to {Estimates.Single(estimate => estimate.Estimator == "dr").Interval.High:G3} per decision.";

    /// <param name="log">The log.</param>
    /// <param name="confidence">The two-sided level of the intervals.</param>
    public static OffPolicyEvaluation Of(WeightedLog log, double confidence = Confidence.Default) =>
        new(log.Diagnostics, [.. Estimators.Select(estimator => estimator.Estimate(log, confidence))]);
}
