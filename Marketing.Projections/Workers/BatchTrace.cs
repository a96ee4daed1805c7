using System.Diagnostics;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Workers;

/// <summary>
/// The spans of one claimed batch. Its interactions may come from many traces, but a span has one parent. The work is recorded once,
/// in the trace of the oldest interaction that has one. A request projected alone, the usual case while the projector keeps up, is
/// thus a single trace from its POST to each projection, with the embedder and store drivers below it. Up to
/// <see cref="MaxTraces"/> other traces get copies of these spans that link to the originals; the rest get only a link from the
/// batch. A batch span in its own trace, which OpenTelemetry's messaging conventions also allow, would be sampled separately, so
/// links to it would often lead nowhere.
/// </summary>
internal sealed class BatchTrace : IDisposable
{
    /// <summary>Maximum number of traces continued, which bounds the spans per batch.</summary>
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

    /// <summary>Copies a finished span to the other traces it concerns.</summary>
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

    /// <summary>Returns one context per trace, oldest first.</summary>
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

        // Starting the spans made each of them current; restore the batch span as the parent of the work.
        Activity.Current = _batch;
    }
}
