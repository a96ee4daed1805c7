namespace Marketing.Decisions.OffPolicy.Estimators;

/// <summary>
/// Doubly robust: the direct method plus the weighted error of its model. Right where the propensities are right or the model is.
/// </summary>
/// <remarks>Dudík, Erhan, Langford and Li, "Doubly Robust Policy Evaluation and Optimization", Statistical Science 2014.</remarks>
internal sealed class DoublyRobust : IOffPolicyEstimator
{
    public string Name => "dr";

    public OffPolicyEstimate Estimate(WeightedLog log, double confidence) =>
        Influence.Estimate(Name, log, Terms(log, log.Weights), Baseline(log), confidence);

    /// <summary>The influence terms with these weights.</summary>
    public static double[] Terms(WeightedLog log, ReadOnlySpan<double> weights)
    {
        var terms = new double[log.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = log.PredictedTarget[i] + (weights[i] * (log.Rewards[i] - log.Predicted[i]));
        }

        return terms;
    }

    /// <summary>The mean prediction for a decision of the target policy.</summary>
    public static double Baseline(WeightedLog log)
    {
        double sum = 0;
        foreach (var prediction in log.PredictedTarget)
        {
            sum += prediction;
        }

        return sum / log.Count;
    }
}
