using System.Diagnostics;
using System.Diagnostics.Metrics;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Workers;

/// <summary>Traces and metrics of the projections, without chat text.</summary>
internal sealed class ProjectionDiagnostics : IDisposable
{
    /// <summary>The name of the activity source and the meter.</summary>
    public const string Name = "Marketing.Projections";

    /// <summary>The tag for the number of interactions in a span.</summary>
    public const string BatchSize = "marketing.batch.size";

    private static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _applyTime;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _deadLetters;
    private readonly TimeProvider _time;
    private QueueBacklog? _backlog;

    public ProjectionDiagnostics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(Name);
        _batchSize = _meter.CreateHistogram<int>("marketing.projector.batch.size", "{interaction}", "Interactions claimed per batch.");
        _applyTime = _meter.CreateHistogram<double>("marketing.projection.apply.duration", "s", "Time to apply a batch to a projection.");
        _completed = _meter.CreateCounter<long>("marketing.projector.completed", "{interaction}", "Interactions applied to every projection.");
        _retried = _meter.CreateCounter<long>("marketing.projector.retried", "{interaction}", "Interactions released for another attempt.");
        _deadLetters = _meter.CreateCounter<long>("marketing.projector.dead_letters", "{interaction}", "Interactions set aside as dead letters.");
        _meter.CreateObservableGauge(
            "marketing.projector.pending", ObservePending, "{interaction}", "Interactions not yet applied.");
        _meter.CreateObservableGauge(
            "marketing.projector.oldest_pending.age", ObserveAge, "s", "Age of the oldest interaction not yet applied; 0 when none is pending.");
    }

    public BatchTrace StartBatch(IReadOnlyList<PendingInteraction> claimed)
    {
        _batchSize.Record(claimed.Count);
        return new BatchTrace(Source, claimed);
    }

    public static Activity? StartApply(string projection, int size) =>
        Source.StartActivity($"project {projection}")
            ?.SetTag("marketing.projection", projection)
            .SetTag(BatchSize, size);

    /// <summary>Starts a span for embedding chats, the expensive part of projecting them.</summary>
    public static Activity? StartEmbed(int size) => Source.StartActivity("embed")?.SetTag(BatchSize, size);

    /// <summary>Starts a span for a maintenance job, even if no projector is hosted here.</summary>
    public static Activity? StartJob(string job) => Source.StartActivity($"job {job}");

    public void Applied(string projection, TimeSpan duration, Exception? error) => _applyTime.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("marketing.projection", projection),
        new KeyValuePair<string, object?>("error.type", error?.GetType().Name));

    public void Completed(int count) => _completed.Add(count);

    public void Retried(int count) => _retried.Add(count);

    public void DeadLettered(string projection) =>
        _deadLetters.Add(1, new KeyValuePair<string, object?>("marketing.projection", projection));

    /// <summary>Stores the last measured backlog, so that reading the gauges does no I/O.</summary>
    public void Observe(QueueBacklog backlog) => Volatile.Write(ref _backlog, backlog);

    public void Dispose() => _meter.Dispose();

    private long ObservePending() => Volatile.Read(ref _backlog)?.Pending ?? 0;

    private double ObserveAge() => Volatile.Read(ref _backlog)?.OldestAppendedAt is { } oldest
        ? Math.Max(0, (_time.GetUtcNow() - oldest).TotalSeconds)
        : 0;
}
