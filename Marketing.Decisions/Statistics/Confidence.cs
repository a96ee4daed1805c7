using MathNet.Numerics.Distributions;

namespace Marketing.Decisions.Statistics;

/// <summary>Two-sided quantiles for a level of confidence.</summary>
internal static class Confidence
{
    /// <summary>The level used where the caller names none.</summary>
    public const double Default = 0.95;

    /// <summary>The standard normal quantile, such as 1.96 for .95.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double Normal(double confidence) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, Upper(confidence));

    /// <summary>The quantile of Student's t, which is that of the normal distribution for many degrees of freedom.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double Student(double confidence, double degreesOfFreedom) =>
        degreesOfFreedom > 1000 ? Normal(confidence) : StudentT.InvCDF(0, 1, degreesOfFreedom, Upper(confidence));

    private static double Upper(double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        return (1 + confidence) / 2;
    }
}
