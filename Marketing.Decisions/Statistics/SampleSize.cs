using MathNet.Numerics.Distributions;

namespace Marketing.Decisions.Statistics;

/// <summary>How many users an experiment needs.</summary>
public static class SampleSize
{
    /// <summary>The users per variant to detect a relative lift of a rate with one look at the end.</summary>
    /// <remarks>Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd edition, equation 4.14, without continuity correction.</remarks>
    /// <param name="baseline">The rate of the control, between 0 and 1.</param>
    /// <param name="lift">The smallest relative lift worth finding, such as .1 for 10 %; may be negative.</param>
    /// <param name="power">The probability of finding it.</param>
    /// <param name="confidence">1 minus the probability of claiming a difference where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not between 0 and 1, or the lift is 0.</exception>
    public static long PerVariant(double baseline, double lift, double power = 0.8, double confidence = Confidence.Default)
    {
        ThrowUnlessProbability(baseline, nameof(baseline));
        ThrowUnlessProbability(power, nameof(power));
        var treated = baseline * (1 + lift);
        ThrowUnlessProbability(treated, nameof(lift));
        ArgumentOutOfRangeException.ThrowIfZero(lift);
        var mean = (baseline + treated) / 2;
        var root = (Confidence.Normal(confidence) * Math.Sqrt(2 * mean * (1 - mean)))
            + (Normal.InvCDF(0, 1, power) * Math.Sqrt((baseline * (1 - baseline)) + (treated * (1 - treated))));
        return (long)Math.Ceiling(root * root / ((treated - baseline) * (treated - baseline)));
    }

    /// <summary>The users per variant to detect a difference of means, such as value per user.</summary>
    /// <param name="standardDeviation">The standard deviation of one user's outcome, above 0.</param>
    /// <param name="difference">The smallest difference worth finding, not 0.</param>
    /// <param name="power">The probability of finding it.</param>
    /// <param name="confidence">1 minus the probability of claiming a difference where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">As the parameters say.</exception>
    public static long PerVariantOfMean(double standardDeviation, double difference, double power = 0.8, double confidence = Confidence.Default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardDeviation);
        ArgumentOutOfRangeException.ThrowIfZero(difference);
        ThrowUnlessProbability(power, nameof(power));
        var root = (Confidence.Normal(confidence) + Normal.InvCDF(0, 1, power)) * standardDeviation / difference;
        return (long)Math.Ceiling(2 * root * root);
    }

    private static void ThrowUnlessProbability(double value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1, name);
    }
}
