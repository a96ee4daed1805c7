using System.Diagnostics;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Workers;

/// <summary>
/// The spans of one claimed batch. Its interactions may come from many traces, and a span has one parent. The work is done once
/// and recorded once, in the trace of the oldest interaction that has one: a request that is projected alone, the rule while the
/// projector keeps up, is one trace from its POST to each projection, and the embedder and the stores' drivers show below it.
/// Each other trace is continued by spans of the same names and times that link to those of the work; of more than
/// <see cref="MaxTraces"/> the rest only has a link from the batch. A batch span with a trace of its own, which
/// OpenTelemetry's messaging conventions would allow too, would be sampled by itself: the links to it would often lead nowhere.
/// </summary>
internal sealed class BatchTrace : IDisposable
{
    /// <summary>Traces that are continued; bounds the spans of one batch.</summary>
    public const int MaxTraces = 32;

    private readonly ActivitySource _source;
    private readonly Activity? _before = Activity.Current;
    private readonly Activity? _batch;
    private readonly Dictionary<ActivityTraceId, Activity> _others = [];

    public BatchTrace(ActivitySource source, IReadOnlyList<PendingInteraction> claimed)
    {
        _source = source;
        if (!source.HasListeners())
        {
            return;
        }

        var origins = Origins(claimed);
        _batch = source.StartActivity(
            "project", ActivityKind.Consumer, origins.FirstOrDefault(), links: origins.Skip(1).Select(origin => new ActivityLink(origin)));
        _batch?.SetTag(ProjectionDiagnostics.BatchSize, claimed.Count);
        if (_batch is { Recorded: true })
        {
            Continue(origins.Skip(1).Take(MaxTraces - 1));
        }
    }

    /// <summary>Repeats a span of the work, which has ended, in the other traces that it concerned.</summary>
    public void Repeat(Activity? span, IEnumerable<PendingInteraction> concerned)
    {
        if (span is null || _others.Count == 0)
        {
            return;
        }

        foreach (var id in concerned.Select(one => one.Trace?.TraceId).OfType<ActivityTraceId>().Distinct())
        {
            if (_others.TryGetValue(id, out var parent))
            {
                using var repeated = _source.StartActivity(
                    span.Kind, parent.Context, span.TagObjects, [new ActivityLink(span.Context)], span.StartTimeUtc, span.OperationName);
                repeated?.SetStatus(span.Status, span.StatusDescription);
                repeated?.SetEndTime(span.StartTimeUtc + span.Duration);
            }
        }
    }

    public void Dispose()
    {
        _batch?.Dispose();
        foreach (var other in _others.Values)
        {
            other.Dispose();
        }

        Activity.Current = _before;
    }

    /// <summary>One context a trace, the oldest first.</summary>
    private static List<ActivityContext> Origins(IReadOnlyList<PendingInteraction> claimed) =>
        [.. claimed.Select(one => one.Trace).OfType<ActivityContext>().DistinctBy(trace => trace.TraceId)];

    private void Continue(IEnumerable<ActivityContext> origins)
    {
        ActivityLink[] batch = [new(_batch!.Context)];
        foreach (var origin in origins)
        {
            if (_source.StartActivity("project", ActivityKind.Consumer, origin, _batch.TagObjects, batch) is { } other)
            {
                _others.Add(origin.TraceId, other);
            }
        }

        // Starting made each of them the current one; the work belongs to the batch.
        Activity.Current = _batch;
    }
}
