namespace Marketing.Decisions.Statistics;

/// <summary>A mean outcome after what a covariate predicts is taken out.</summary>
internal readonly record struct AdjustedMean
{
    /// <param name="moments">One arm.</param>
    /// <param name="coefficient">What one unit of the covariate adds to the outcome; 0 to adjust nothing.</param>
    /// <param name="covariateMean">The mean of the covariate over all arms, which keeps the scale of the outcome.</param>
    public AdjustedMean(in Moments moments, double coefficient, double covariateMean = 0)
    {
        Count = moments.Count;
        Mean = moments.Mean - (coefficient * (moments.CovariateMean - covariateMean));
        var variance = moments.Variance + (coefficient * coefficient * moments.CovariateVariance) - (2 * coefficient * moments.Covariance);
        Squared = Count == 0 ? 0 : Math.Max(0, variance) / Count;
    }

    public long Count { get; }

    public double Mean { get; }

    /// <summary>The squared standard error of the mean.</summary>
    public double Squared { get; }

    /// <summary>The coefficient that leaves the smallest variance, pooled over both arms; 0 when the covariate never varies.</summary>
    public static double Coefficient(in Moments control, in Moments treatment)
    {
        var variance = (control.CovariateVariance * control.Count) + (treatment.CovariateVariance * treatment.Count);
        return variance > 0
            ? ((control.Covariance * control.Count) + (treatment.Covariance * treatment.Count)) / variance
            : 0;
    }
}
