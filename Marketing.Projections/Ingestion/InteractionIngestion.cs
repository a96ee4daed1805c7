using System.Diagnostics;
using System.Diagnostics.Metrics;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Workers;

namespace Marketing.Projections.Ingestion;

/// <summary>Appends valid interactions to the log, wakes the projector and counts outcomes.</summary>
public sealed class InteractionIngestion : IIngestTarget, IDisposable
{
    private const string Name = "Marketing.Ingestion";
    private const string TargetName = "The log";

    private static readonly ActivitySource Source = new(Name);

    private readonly IInteractionLog _log;
    private readonly PendingSignal _signal;
    private readonly StoreOutcome _writes;
    private readonly Meter _meter;
    private readonly Counter<long> _counter;

    public InteractionIngestion(IInteractionLog log, PendingSignal signal, IMeterFactory meters, StoreOutcomes outcomes)
    {
        _log = log;
        _signal = signal;
        _writes = (outcomes ?? throw new ArgumentNullException(nameof(outcomes))).Writes(StoreOutcomes.Log);
        _meter = meters.Create(Name);
        _counter = _meter.CreateCounter<long>(
            "marketing.interactions", "{interaction}", "Interactions received, by outcome.");
    }

    /// <inheritdoc/>
    string IIngestTarget.Name => TargetName;

    /// <inheritdoc/>
    bool IIngestTarget.KnowsDuplicates => true;

    /// <inheritdoc/>
    Task<IReadOnlyList<AppendOutcome>> IIngestTarget.AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) =>
        IngestUnavailableException.GuardAsync(TargetName, () => AppendAsync(interactions, cancellationToken));

    /// <summary>Appends a batch; on return, accepted interactions are durable and will be projected.</summary>
    /// <returns>One outcome per interaction, in order.</returns>
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
        {
            return [];
        }

        // The context is stored with the interactions in the queue, so that the projector's spans continue this trace.
        using var activity = Source.StartActivity("append", ActivityKind.Producer);
        var outcomes = await _writes.NoteAsync(() => _log.AppendAsync(interactions, cancellationToken), cancellationToken);
        var counts = AppendCounts.Of(outcomes);
        if (counts.Accepted > 0)
        {
            _signal.Notify();
        }

        activity?.SetTag("marketing.batch.size", outcomes.Count)
            .SetTag("marketing.accepted", counts.Accepted)
            .SetTag("marketing.duplicate", counts.Duplicate);
        Count(counts.Accepted, "accepted");
        Count(counts.Duplicate, "duplicate");
        Count(counts.Conflict, "conflict");
        Count(counts.Erased, "erased");
        return outcomes;
    }

    /// <summary>Adds rejected interactions to the metrics.</summary>
    public void CountRejected(long count) => Count(count, "rejected");

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Count(long count, string result)
    {
        if (count > 0)
        {
            _counter.Add(count, new KeyValuePair<string, object?>("result", result));
        }
    }
}
