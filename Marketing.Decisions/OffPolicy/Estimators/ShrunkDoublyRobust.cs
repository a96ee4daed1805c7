using Marketing.Decisions.Statistics;

namespace Marketing.Decisions.OffPolicy.Estimators;

/// <summary>
/// Doubly robust with optimistic shrinkage: large weights are made smaller, λw ÷ (w² + λ), which trades variance for bias. λ minimizes an
/// estimate of the mean squared error.
/// </summary>
/// <remarks>
/// Su, Dimakopoulou, Krishnamurthy and Dudík, "Doubly Robust Off-Policy Evaluation with Shrinkage", ICML 2020. For the share of the weight
/// that is taken away, the estimate rests on the reward model alone. The interval includes the error of the direct method on that share, and
/// the observed distance from the estimate without shrinkage.
/// </remarks>
internal sealed class ShrunkDoublyRobust : IOffPolicyEstimator
{
    /// <summary>From weights below 2 to almost no shrinkage.</summary>
    private static readonly double[] Lambdas = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 1_000_000];

    public string Name => "dros";

    public OffPolicyEstimate Estimate(WeightedLog log, double confidence)
    {
        var full = DoublyRobust.Terms(log, log.Weights);
        var shrunk = Lambdas.Select(lambda => Shrink(log.Weights, lambda)).MinBy(weights => ErrorBound(full, DoublyRobust.Terms(log, weights)))!;
        var estimate = Influence.Estimate(Name, log, DoublyRobust.Terms(log, shrunk), DoublyRobust.Baseline(log), confidence);
        var removed = 1 - (Sum(shrunk) / Math.Max(Sum(log.Weights), double.Epsilon));
        var bias = (Confidence.Normal(confidence) * removed * Math.Sqrt(log.Target.DirectVariance()))
            + Math.Abs(SkewedMean.Of(full).Mean - estimate.Value);
        return estimate with { Interval = Influence.Widen(estimate, bias, log) };
    }

    private static double[] Shrink(ReadOnlySpan<double> weights, double lambda)
    {
        var shrunk = new double[weights.Length];
        for (var i = 0; i < shrunk.Length; i++)
        {
            shrunk[i] = lambda * weights[i] / ((weights[i] * weights[i]) + lambda);
        }

        return shrunk;
    }

    /// <summary>The variance plus the square of what the bias may be at most: its estimate and two standard errors.</summary>
    private static double ErrorBound(double[] full, double[] shrunk)
    {
        SkewedMean bias = default;
        for (var i = 0; i < full.Length; i++)
        {
            bias.Add(full[i] - shrunk[i]);
        }

        var bound = Math.Abs(bias.Mean) + (2 * Math.Sqrt(bias.SquaredError));
        return SkewedMean.Of(shrunk).SquaredError + (bound * bound);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
