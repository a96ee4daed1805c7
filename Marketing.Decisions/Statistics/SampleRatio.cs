namespace Marketing.Decisions.Statistics;

/// <summary>Whether users reached the variants in the intended ratio. If not, the results are not to be trusted, whatever they say.</summary>
/// <remarks>
/// Fabijan et al., "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019. The p-value is that of one look. At
/// α = .001 a hundred looks at a sound split, each with the users of the former, raise a false alarm in less than 3 % of experiments.
/// </remarks>
/// <param name="ChiSquared">Pearson's statistic.</param>
/// <param name="PValue">The probability of a split at least this uneven when the assignment is sound.</param>
public readonly record struct SampleRatio(double ChiSquared, double PValue)
{
    /// <summary>A split with a smaller p-value counts as broken.</summary>
    public const double Alpha = 0.001;

    public bool IsMismatch => PValue < Alpha;

    /// <param name="users">The number of users of each variant.</param>
    /// <param name="weights">The intended weight of each variant, above 0, in any unit.</param>
    /// <exception cref="ArgumentException">Fewer than two variants, different lengths, or a weight that is not positive.</exception>
    public static SampleRatio Check(ReadOnlySpan<long> users, ReadOnlySpan<double> weights)
    {
        if (users.Length != weights.Length || users.Length < 2)
        {
            throw new ArgumentException("A sample ratio needs two variants or more, each with a weight.", nameof(weights));
        }

        double total = 0, weight = 0;
        for (var variant = 0; variant < users.Length; variant++)
        {
            if (!(weights[variant] > 0))
            {
                throw new ArgumentException("The weight of a variant must be above 0.", nameof(weights));
            }

            total += users[variant];
            weight += weights[variant];
        }

        if (total == 0)
        {
            return new(0, 1);
        }

        double statistic = 0;
        for (var variant = 0; variant < users.Length; variant++)
        {
            var expected = total * weights[variant] / weight;
            statistic += (users[variant] - expected) * (users[variant] - expected) / expected;
        }

        return new(statistic, Tail(users.Length - 1, statistic));
    }

    private static double Tail(int degreesOfFreedom, double statistic) =>
        1 - MathNet.Numerics.Distributions.ChiSquared.CDF(degreesOfFreedom, statistic);
}
