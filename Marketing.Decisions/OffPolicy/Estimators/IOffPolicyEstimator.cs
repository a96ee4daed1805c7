using Marketing.Decisions.Statistics;

namespace Marketing.Decisions.OffPolicy.Estimators;

/// <summary>Estimates what a target policy would have earned on the decisions of another: a pure function of the log.</summary>
public interface IOffPolicyEstimator
{
    /// <summary>The name in reports, such as <c>ips</c>.</summary>
    string Name { get; }

    /// <param name="log">The log.</param>
    /// <param name="confidence">The two-sided level of the interval.</param>
    OffPolicyEstimate Estimate(WeightedLog log, double confidence);
}

/// <summary>What the target policy would have earned per decision.</summary>
/// <param name="Estimator">The name of the estimator.</param>
/// <param name="Value">The estimated reward per decision.</param>
/// <param name="Interval">The interval of the value.</param>
public readonly record struct OffPolicyEstimate(string Estimator, double Value, Interval Interval);
