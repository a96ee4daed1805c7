namespace Marketing.Decisions.Statistics;

/// <summary>An estimated effect of a treatment and how far to trust it.</summary>
/// <param name="Estimate">The effect, in the unit of the outcome, or relative to the control.</param>
/// <param name="StandardError">The standard error; infinite while nothing is known.</param>
/// <param name="Users">The number of users of both arms.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom of the standard error (Welch–Satterthwaite).</param>
public readonly record struct Effect(double Estimate, double StandardError, long Users, double DegreesOfFreedom)
{
    private static readonly Effect Unknown = new(0, double.PositiveInfinity, 0, 1);

    /// <summary>The difference of the mean outcomes, treatment − control.</summary>
    public static Effect Difference(in Moments control, in Moments treatment) => Difference(new(control, 0), new(treatment, 0));

    /// <summary>The relative lift, treatment ÷ control − 1, with the standard error of the delta method.</summary>
    /// <remarks>Deng, Knoblich and Lu, "Applying the Delta Method in Metric Analytics", KDD 2018, section 3.1.</remarks>
    public static Effect RelativeLift(in Moments control, in Moments treatment) => RelativeLift(new(control, 0), new(treatment, 0));

    /// <summary>The difference after what the covariate predicts is taken out of both arms (CUPED): the same effect with a smaller error.</summary>
    /// <remarks>
    /// Deng, Xu, Kohavi and Walker, "Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data", WSDM
    /// 2013. The coefficient θ = cov ÷ var is pooled over the arms. The covariate must come from before the experiment.
    /// </remarks>
    public static Effect AdjustedDifference(in Moments control, in Moments treatment)
    {
        var coefficient = AdjustedMean.Coefficient(control, treatment);
        return Difference(new(control, coefficient), new(treatment, coefficient));
    }

    /// <summary>The relative lift after the adjustment of <see cref="AdjustedDifference"/>.</summary>
    public static Effect AdjustedRelativeLift(in Moments control, in Moments treatment)
    {
        var coefficient = AdjustedMean.Coefficient(control, treatment);
        var covariateMean = control.Merge(treatment).CovariateMean;
        return RelativeLift(new(control, coefficient, covariateMean), new(treatment, coefficient, covariateMean));
    }

    /// <summary>The interval for one look at a sample size chosen beforehand. Use <see cref="ConfidenceSequence"/> to look more often.</summary>
    public Interval Interval(double confidence = Confidence.Default) => double.IsFinite(StandardError)
        ? Statistics.Interval.Around(Estimate, Confidence.Student(confidence, DegreesOfFreedom) * StandardError)
        : Statistics.Interval.Unbounded;

    private static Effect Difference(AdjustedMean control, AdjustedMean treatment) =>
        Make(treatment.Mean - control.Mean, control, treatment, control.Squared, treatment.Squared);

    private static Effect RelativeLift(AdjustedMean control, AdjustedMean treatment)
    {
        var ratio = treatment.Mean / control.Mean;
        return Make(
            ratio - 1,
            control,
            treatment,
            control.Squared * ratio * ratio / (control.Mean * control.Mean),
            treatment.Squared / (control.Mean * control.Mean));
    }

    private static Effect Make(double estimate, AdjustedMean control, AdjustedMean treatment, double controlError, double treatmentError)
    {
        var squared = controlError + treatmentError;
        if (Math.Min(control.Count, treatment.Count) < 2 || !double.IsFinite(estimate) || squared <= 0)
        {
            return Unknown with { Users = control.Count + treatment.Count };
        }

        var degrees = squared * squared
            / ((controlError * controlError / (control.Count - 1)) + (treatmentError * treatmentError / (treatment.Count - 1)));
        return new(estimate, Math.Sqrt(squared), control.Count + treatment.Count, degrees);
    }
}
