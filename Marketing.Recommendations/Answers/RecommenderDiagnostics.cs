using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Marketing.Recommendations.Answers;

/// <summary>Traces and metrics of the recommender, without chat text or user ids.</summary>
public static class RecommenderDiagnostics
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Marketing.Recommender";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Duration of each step in seconds, by <c>step</c>.</summary>
    internal static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>(
        "marketing.recommender.step.duration", "s", "Duration of one step of an uncached recommendation.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1] });

    /// <summary>Number of answers, by <c>strategy</c> and <c>cache</c> (hit or miss).</summary>
    internal static readonly Counter<long> Answers = Meter.CreateCounter<long>(
        "marketing.recommender.answers", "{answer}", "Recommendations returned, by strategy and whether they came from the cache.");

    /// <summary>Number of steps that did not contribute, by <c>store</c>.</summary>
    internal static readonly Counter<long> Degraded = Meter.CreateCounter<long>(
        "marketing.recommender.degraded", "{step}", "Steps that failed or exceeded their time budget, by store.");

    /// <summary>Tags the span with what the answer is based on, but not with the user.</summary>
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
