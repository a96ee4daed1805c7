using MathNet.Numerics.Distributions;

namespace Marketing.Decisions.Statistics;

/// <summary>
/// The mean of skewed values, such as rare clicks that count many times over. The normal interval is too low there: the values that would
/// have raised it are the ones that a sample misses.
/// </summary>
/// <remarks>
/// The limits are those of a gamma distribution with the mean and variance of the estimate and twice its skewness. For plain counts they are
/// the exact limits of Garwood, "Fiducial Limits for the Poisson Distribution", Biometrika 1936; for weighted counts they are close to those
/// of Fay and Feuer, "Confidence Intervals for Directly Standardized Rates", Statistics in Medicine 1997; without skewness they are normal.
/// The moments are accumulated as in Pébay, Sandia report SAND2008-6212.
/// </remarks>
internal struct SkewedMean
{
    // Below, gamma and normal limits agree to three digits, and the shape of the gamma distribution is beyond what its quantile can take.
    private const double LeastSkewness = 0.002;

    private double _squares;
    private double _cubes;

    public long Count { readonly get; private set; }

    public double Mean { readonly get; private set; }

    /// <summary>The squared standard error of the mean.</summary>
    public readonly double SquaredError => Count < 2 ? 0 : _squares / (Count - 1) / Count;

    public static SkewedMean Of(ReadOnlySpan<double> values)
    {
        SkewedMean mean = default;
        foreach (var value in values)
        {
            mean.Add(value);
        }

        return mean;
    }

    public void Add(double value)
    {
        Count++;
        var step = (value - Mean) / Count;
        var product = (value - Mean) * step * (Count - 1);
        Mean += step;
        _cubes += (product * step * (Count - 2)) - (3 * step * _squares);
        _squares += product;
    }

    /// <summary>The limits of the mean. Each limit counts one value that the sample may have missed, as the exact limits of a count do.</summary>
    /// <param name="unseenLow">By how much a missed value may be lower than expected; 0 or less.</param>
    /// <param name="unseenHigh">By how much a missed value may be higher than expected; 0 or more.</param>
    /// <param name="confidence">The two-sided level.</param>
    public readonly Interval Interval(double unseenLow, double unseenHigh, double confidence) =>
        new(Limit(unseenLow, (1 - confidence) / 2), Limit(unseenHigh, (1 + confidence) / 2));

    private readonly double Limit(double unseen, double probability)
    {
        var part = unseen / Count;
        var error = Math.Sqrt(SquaredError + (part * part));
        if (error == 0)
        {
            return Mean;
        }

        var cubes = (_cubes / Count / Count / Count) + (part * part * part);
        var skewness = cubes / (error * error * error);
        return Mean + part + (error * (skewness >= 0 ? Quantile(skewness, probability) : -Quantile(-skewness, 1 - probability)));
    }

    /// <summary>The quantile of a gamma distribution moved and scaled to mean 0 and variance 1.</summary>
    private static double Quantile(double skewness, double probability)
    {
        if (skewness < LeastSkewness)
        {
            return Normal.InvCDF(0, 1, probability);
        }

        var shape = 1 / (skewness * skewness);
        return (Gamma.InvCDF(shape, 1, probability) * skewness) - (1 / skewness);
    }
}
