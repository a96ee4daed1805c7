using Marketing.Decisions.Statistics;

namespace Marketing.Decisions.OffPolicy.Estimators;

/// <summary>Makes an estimate with its interval out of one influence term per decision.</summary>
/// <remarks>
/// An estimator is asymptotically the mean of its influence terms. The terms of rare rewards with uneven weights are so skewed that the
/// normal interval misses the truth far too often, so the interval is that of <see cref="SkewedMean"/>.
/// </remarks>
internal static class Influence
{
    /// <param name="estimator">The name of the estimator.</param>
    /// <param name="log">The log.</param>
    /// <param name="terms">The influence terms; their mean is the estimate.</param>
    /// <param name="baseline">The reward that the estimator expects of a decision; an unseen outcome differs from it.</param>
    /// <param name="confidence">The two-sided level.</param>
    public static OffPolicyEstimate Estimate(
        string estimator, WeightedLog log, ReadOnlySpan<double> terms, double baseline, double confidence)
    {
        var mean = SkewedMean.Of(terms);
        var (lowest, highest) = PossibleRewards(log);
        var weight = log.Diagnostics.UnseenWeight;
        var interval = mean.Interval(
            weight * Math.Min(0, lowest - baseline), weight * Math.Max(0, highest - baseline), confidence);
        return new(estimator, mean.Mean, Clip(interval, lowest));
    }

    /// <summary>Cuts off negative values where no reward was negative.</summary>
    public static Interval Clip(Interval interval, double lowest) =>
        lowest < 0 ? interval : interval.Clip(0, double.PositiveInfinity);

    /// <summary>The range of rewards: as observed, with 0, and up to 1 where every reward is 0.</summary>
    public static (double Lowest, double Highest) PossibleRewards(WeightedLog log)
    {
        double lowest = 0, highest = 0;
        foreach (var reward in log.Rewards)
        {
            lowest = Math.Min(lowest, reward);
            highest = Math.Max(highest, reward);
        }

        return (lowest, lowest == highest ? 1 : highest);
    }

    /// <summary>Widens an interval by the half-width of an independent error.</summary>
    /// <remarks>Zou and Donner, "Construction of Confidence Limits About Effect Measures", Statistics in Medicine 2008.</remarks>
    public static Interval Widen(OffPolicyEstimate estimate, double by, WeightedLog log) => Clip(
        new(
            estimate.Value - double.Hypot(estimate.Value - estimate.Interval.Low, by),
            estimate.Value + double.Hypot(estimate.Interval.High - estimate.Value, by)),
        PossibleRewards(log).Lowest);
}
