using System.Diagnostics.Metrics;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;

namespace Marketing.Recommender.Ingestion;

/// <summary>The one door to the log: appends what was validated and says how much of it was new.</summary>
public sealed class InteractionIntake : IDisposable
{
    private readonly IInteractionLog _log;
    private readonly Meter _meter;
    private readonly Counter<long> _counter;

    public InteractionIntake(IInteractionLog log, IMeterFactory meters)
    {
        _log = log;
        _meter = meters.Create("Marketing.Ingestion");
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

        var flags = await _log.AppendAsync(interactions, cancellationToken);
        var accepted = flags.Count(static flag => flag);
        _counter.Add(accepted, new KeyValuePair<string, object?>("result", "accepted"));
        _counter.Add(flags.Count - accepted, new KeyValuePair<string, object?>("result", "duplicate"));
        return accepted;
    }

    /// <summary>Counts what was refused, for the metrics.</summary>
    public void CountRejected(long count) => _counter.Add(count, new KeyValuePair<string, object?>("result", "rejected"));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
