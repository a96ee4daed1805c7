namespace Marketing.Decisions.OffPolicy.Estimators;

/// <summary>
/// Self-normalized IPS: divides by the sum of the weights. This takes out the noise of the weights themselves, at the price of a small bias.
/// </summary>
/// <remarks>Swaminathan and Joachims, "The Self-Normalized Estimator for Counterfactual Learning", NIPS 2015.</remarks>
internal sealed class SelfNormalized : IOffPolicyEstimator
{
    public string Name => "snips";

    public OffPolicyEstimate Estimate(WeightedLog log, double confidence)
    {
        double weights = 0, rewards = 0;
        for (var i = 0; i < log.Count; i++)
        {
            weights += log.Weights[i];
            rewards += log.Weights[i] * log.Rewards[i];
        }

        // Without any weight there is nothing to normalize by, and the estimate is 0.
        var value = weights > 0 ? rewards / weights : 0;
        var scale = weights > 0 ? log.Count / weights : 0;
        var terms = new double[log.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = value + (scale * log.Weights[i] * (log.Rewards[i] - value));
        }

        return Influence.Estimate(Name, log, terms, value, confidence);
    }
}
