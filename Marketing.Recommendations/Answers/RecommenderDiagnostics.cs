using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Marketing.Recommendations.Answers;

/// <summary>What can be watched of the recommender. Neither chat text nor user ids are in any of it.</summary>
public static class RecommenderDiagnostics
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Marketing.Recommender";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>How long each step took, seconds, by <c>step</c>.</summary>
    internal static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>(
        "marketing.recommender.step.duration", "s", "Time of one step of an uncached recommendation.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1] });

    /// <summary>Answers, by <c>strategy</c> and <c>cache</c> (hit or miss).</summary>
    internal static readonly Counter<long> Answers = Meter.CreateCounter<long>(
        "marketing.recommender.answers", "{answer}", "Recommendations given, by strategy and whether the cache had them.");

    /// <summary>Steps that did not contribute, by <c>store</c>.</summary>
    internal static readonly Counter<long> Degraded = Meter.CreateCounter<long>(
        "marketing.recommender.degraded", "{step}", "Steps that failed or ran over their budget, by store.");

    /// <summary>Says of an answer what it rests on; not for whom it is.</summary>
    internal static void Describe(Activity? span, Recommendation answer)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("marketing.strategy", answer.Strategy)
                .SetTag("marketing.basis", answer.Basis.ToString().ToLowerInvariant())
                .SetTag("marketing.campaigns", answer.Campaigns.Count)
                .SetTag("marketing.degraded", answer.Degraded.Count == 0 ? null : answer.Degraded.ToArray());
        }
    }
}
