using Marketing.Decisions.Statistics;
using MathNet.Numerics.Distributions;

namespace Marketing.Decisions.OffPolicy.Estimators;

/// <summary>The direct method: what the reward model predicts under the target policy. Precise, and wrong where the model is.</summary>
/// <remarks>
/// Beygelzimer and Langford, "The Offset Tree for Learning with Partial Labels", KDD 2009. The interval is of a gamma distribution with the
/// model's mean and variance, because a rate is not negative, and of a normal distribution where rewards may be negative.
/// </remarks>
internal sealed class DirectMethod : IOffPolicyEstimator
{
    public string Name => "dm";

    public OffPolicyEstimate Estimate(WeightedLog log, double confidence)
    {
        Moments predicted = default;
        foreach (var prediction in log.PredictedTarget)
        {
            predicted = predicted.Add(prediction);
        }

        var variance = log.Target.DirectVariance() + (predicted.Variance / log.Count);
        var lowest = Influence.PossibleRewards(log).Lowest;
        return new(Name, predicted.Mean, lowest >= 0 && predicted.Mean > 0 && variance > 0
            ? OfGamma(predicted.Mean, variance, confidence)
            : Influence.Clip(Interval.Around(predicted.Mean, Confidence.Normal(confidence) * Math.Sqrt(variance)), lowest));
    }

    private static Interval OfGamma(double mean, double variance, double confidence) => new(
        Gamma.InvCDF(mean * mean / variance, mean / variance, (1 - confidence) / 2),
        Gamma.InvCDF(mean * mean / variance, mean / variance, (1 + confidence) / 2));
}
