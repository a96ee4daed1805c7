namespace Marketing.Decisions.OffPolicy.Estimators;

/// <summary>
/// Inverse propensity scoring: the mean of weight × reward. Unbiased where the propensities are right; noisy where weights are uneven.
/// </summary>
/// <remarks>
/// Horvitz and Thompson, JASA 1952; for policies, Strehl, Langford, Li and Kakade, "Learning from Logged Implicit Exploration Data", NIPS
/// 2010.
/// </remarks>
internal sealed class InversePropensity : IOffPolicyEstimator
{
    public string Name => "ips";

    public OffPolicyEstimate Estimate(WeightedLog log, double confidence)
    {
        var terms = new double[log.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = log.Weights[i] * log.Rewards[i];
        }

        return Influence.Estimate(Name, log, terms, baseline: 0, confidence);
    }
}
