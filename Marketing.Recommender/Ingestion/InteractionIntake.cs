using System.Diagnostics;
using System.Diagnostics.Metrics;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Marketing.Recommender.Projections;

namespace Marketing.Recommender.Ingestion;

/// <summary>The one door to the log: appends what was validated, wakes the projector and counts.</summary>
public sealed class InteractionIntake : IDisposable
{
    private const string Name = "Marketing.Ingestion";

    private static readonly ActivitySource Source = new(Name);

    private readonly IInteractionLog _log;
    private readonly PendingSignal _signal;
    private readonly Meter _meter;
    private readonly Counter<long> _counter;

    public InteractionIntake(IInteractionLog log, PendingSignal signal, IMeterFactory meters)
    {
        _log = log;
        _signal = signal;
        _meter = meters.Create(Name);
        _counter = _meter.CreateCounter<long>(
            "marketing.interactions", "{interaction}", "Interactions that came in, by what became of them.");
    }

    /// <summary>Appends a batch. When this returns, what was accepted is durable and will be projected.</summary>
    /// <returns>How many were new; the others were in the log already.</returns>
    public async Task<int> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
        {
            return 0;
        }

        // Waits with the interactions in the queue: the projector's spans go on from here.
        using var activity = Source.StartActivity("append", ActivityKind.Producer);
        var flags = await _log.AppendAsync(interactions, cancellationToken);
        var accepted = 0;
        foreach (var flag in flags)
        {
            accepted += flag ? 1 : 0;
        }

        if (accepted > 0)
        {
            _signal.Notify();
        }

        activity?.SetTag("marketing.batch.size", flags.Count)
            .SetTag("marketing.accepted", accepted)
            .SetTag("marketing.duplicate", flags.Count - accepted);
        Count(accepted, "accepted");
        Count(flags.Count - accepted, "duplicate");
        return accepted;
    }

    /// <summary>Counts what was refused, for the metrics.</summary>
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
