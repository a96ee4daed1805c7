namespace Marketing.Decisions.Statistics;

/// <summary>A rate: successes in independent trials.</summary>
/// <param name="Successes">0 to <paramref name="Trials"/>.</param>
/// <param name="Trials">0 or more.</param>
public readonly record struct Rate(long Successes, long Trials)
{
    /// <summary>The observed share; 0 without trials.</summary>
    public double Value => Trials == 0 ? 0 : (double)Successes / Trials;

    /// <summary>The Wilson score interval: it holds its level for rare events and few trials, where the normal interval does not.</summary>
    /// <remarks>
    /// Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 1927; compared with others by Brown, Cai and
    /// DasGupta, Statistical Science 2001.
    /// </remarks>
    /// <returns>0 to 1 without trials.</returns>
    public Interval Interval(double confidence = Confidence.Default)
    {
        if (Trials == 0)
        {
            return new(0, 1);
        }

        var z = Confidence.Normal(confidence);
        var denominator = 1 + (z * z / Trials);
        var center = (Value + (z * z / (2 * Trials))) / denominator;
        var halfWidth = z * Math.Sqrt((Value * (1 - Value) / Trials) + (z * z / (4.0 * Trials * Trials))) / denominator;
        return Statistics.Interval.Around(center, halfWidth).Clip(0, 1);
    }

    /// <summary>The Newcombe interval of the difference <paramref name="treatment"/> − <paramref name="control"/>, made of two Wilson intervals.</summary>
    /// <remarks>Newcombe, "Interval Estimation for the Difference Between Independent Proportions", Statistics in Medicine 1998, method 10.</remarks>
    public static Interval Difference(Rate control, Rate treatment, double confidence = Confidence.Default)
    {
        var one = treatment.Interval(confidence);
        var other = control.Interval(confidence);
        var difference = treatment.Value - control.Value;
        return new(
            difference - double.Hypot(treatment.Value - one.Low, other.High - control.Value),
            difference + double.Hypot(one.High - treatment.Value, control.Value - other.Low));
    }
}
