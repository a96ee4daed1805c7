namespace Marketing.Decisions.OffPolicy;

/// <summary>How much a log can say about a target policy, judged by the importance weights.</summary>
/// <param name="EffectiveSampleSize">
/// The number of the target policy's own decisions that would be as informative, (Σw)² ÷ Σw² (Kish, "Survey Sampling", 1965).
/// </param>
/// <param name="LargestWeight">The largest weight: so many decisions does the most influential one stand for.</param>
/// <param name="MeanWeight">1 in expectation. It is lower where the target policy does what the logging policy never did.</param>
/// <param name="MeanWeightError">The standard error of the mean weight.</param>
/// <param name="Support">The share of the target policy's actions that the log has taken in the same context, 0 to 1.</param>
public readonly record struct WeightDiagnostics(
    double EffectiveSampleSize, double LargestWeight, double MeanWeight, double MeanWeightError, double Support)
{
    /// <summary>With fewer effective decisions the log cannot tell what the target policy would have earned.</summary>
    public const double MinEffectiveSampleSize = 1_000;

    private const double LeastMeanWeight = 0.95;

    /// <summary>Whether the estimates may be used for a decision. If not, the verdict is "the log cannot tell", and nothing else.</summary>
    public bool CanTell => EffectiveSampleSize >= MinEffectiveSampleSize && !MissesActions;

    /// <summary>Whether the mean weight is certainly below 1: part of what the target policy does was never tried.</summary>
    public bool MissesActions => MeanWeight < LeastMeanWeight && MeanWeight + (3 * MeanWeightError) < 1;

    /// <summary>A high weight for a decision that the log happens to lack: nine of ten decisions of the target policy have a smaller one.</summary>
    internal double UnseenWeight { get; private init; }

    internal static WeightDiagnostics Of(ReadOnlySpan<double> weights, double support)
    {
        double sum = 0, squares = 0, largest = 0;
        foreach (var weight in weights)
        {
            sum += weight;
            squares += weight * weight;
            largest = Math.Max(largest, weight);
        }

        var mean = sum / weights.Length;
        var variance = Math.Max(0, (squares / weights.Length) - (mean * mean));
        return new(squares > 0 ? sum * sum / squares : 0, largest, mean, Math.Sqrt(variance / weights.Length), support)
        {
            UnseenWeight = WeightOfNineInTen(weights, sum),
        };
    }

    // The target policy meets each decision of the log as often as its weight says.
    private static double WeightOfNineInTen(ReadOnlySpan<double> weights, double sum)
    {
        double[] ascending = [.. weights];
        Array.Sort(ascending);
        double below = 0;
        return Array.Find(ascending, weight => (below += weight) >= 0.9 * sum) is var found && found > 0 ? found : 1;
    }
}
