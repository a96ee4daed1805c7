namespace Marketing.Decisions.Statistics;

/// <summary>
/// Count, means, variances and covariance of an outcome and a covariate, accumulated one observation at a time and mergeable, so that
/// parts of a log can be summed up apart.
/// </summary>
/// <remarks>
/// Welford, Technometrics 1962, for adding; Chan, Golub and LeVeque, "Algorithms for Computing the Sample Variance", The American
/// Statistician 1983, for merging. Neither loses digits to cancellation, as sums of squares do.
/// </remarks>
public readonly record struct Moments
{
    public long Count { get; private init; }

    /// <summary>The mean of the outcome.</summary>
    public double Mean { get; private init; }

    /// <summary>The mean of the covariate.</summary>
    public double CovariateMean { get; private init; }

    /// <summary>The sample variance of the outcome; 0 with fewer than two observations.</summary>
    public double Variance => PerDegree(Squares);

    /// <summary>The sample variance of the covariate.</summary>
    public double CovariateVariance => PerDegree(CovariateSquares);

    /// <summary>The sample covariance of outcome and covariate.</summary>
    public double Covariance => PerDegree(Products);

    private double Squares { get; init; }

    private double CovariateSquares { get; init; }

    private double Products { get; init; }

    /// <summary>The moments of trials that either succeeded (1) or failed (0).</summary>
    public static Moments Of(Rate rate) => new()
    {
        Count = rate.Trials,
        Mean = rate.Value,
        Squares = rate.Trials * rate.Value * (1 - rate.Value),
    };

    /// <summary>Returns the moments with one more observation.</summary>
    /// <param name="outcome">The value that the experiment may change.</param>
    /// <param name="covariate">A value from before the experiment, which it cannot change.</param>
    public Moments Add(double outcome, double covariate = 0) =>
        Merge(new() { Count = 1, Mean = outcome, CovariateMean = covariate });

    /// <summary>Returns the moments of both sets of observations together.</summary>
    public Moments Merge(in Moments other)
    {
        if (other.Count == 0)
        {
            return this;
        }

        var count = Count + other.Count;
        var share = (double)other.Count / count;
        var between = Count * share;
        var step = other.Mean - Mean;
        var covariateStep = other.CovariateMean - CovariateMean;
        return new()
        {
            Count = count,
            Mean = Mean + (step * share),
            CovariateMean = CovariateMean + (covariateStep * share),
            Squares = Squares + other.Squares + (step * step * between),
            CovariateSquares = CovariateSquares + other.CovariateSquares + (covariateStep * covariateStep * between),
            Products = Products + other.Products + (step * covariateStep * between),
        };
    }

    /// <summary>The interval of the mean by Student's t; unbounded with fewer than two observations.</summary>
    public Interval MeanInterval(double confidence = Confidence.Default) => Count < 2
        ? Interval.Unbounded
        : Interval.Around(Mean, Confidence.Student(confidence, Count - 1) * Math.Sqrt(Variance / Count));

    private double PerDegree(double sum) => Count < 2 ? 0 : sum / (Count - 1);
}
