using System.Diagnostics.Metrics;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Audit;

/// <summary>
/// Writes actions to the audit trail. An action has already happened when it is recorded, so a trail that cannot be written never
/// fails it: the entry is logged, counted and kept in memory until a later write succeeds.
/// </summary>
public sealed class AuditRecorder
{
    /// <summary>How long an answer waits for its entry. A store that takes longer counts as down.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly IAuditTrail _trail;
    private readonly StoreOutcome _outcome;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditRecorder> _logger;
    private readonly Counter<long> _written;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _lost;
    private readonly DeniedAttempts _denied = new();
    private readonly UnwrittenEntries _unwritten = new();

    /// <summary>Creates the recorder.</summary>
    public AuditRecorder(
        IAuditTrail trail, StoreOutcomes outcomes, IMeterFactory meters, TimeProvider time, ILogger<AuditRecorder> logger)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(meters);
        (_trail, _outcome, _time, _logger) = (trail, outcomes.Writes(StoreOutcomes.Audit), time, logger);
        var meter = meters.Create(ProjectionRegistration.DiagnosticsName);
        _written = meter.CreateCounter<long>("marketing.audit.written", "{entry}", "Entries written to the audit trail.");
        _failed = meter.CreateCounter<long>("marketing.audit.failed", "{entry}", "Entries whose first write failed; they are retried.");
        _lost = meter.CreateCounter<long>("marketing.audit.lost", "{entry}", "Entries dropped because too many could not be written.");
    }

    /// <summary>Writes what somebody did. Returns once the entry is durable, or after five seconds; never throws.</summary>
    /// <param name="action">One of <see cref="AuditAction.All"/>.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="address">The IP address of the connection; null if there is none.</param>
    /// <param name="target">What it was done to; null if there is no single target.</param>
    /// <param name="outcome">The HTTP status of the answer; for a command 200 or 500.</param>
    public async Task RecordAsync(string action, AuditActor actor, string? address, AuditTarget? target, int outcome)
    {
        var at = _time.GetUtcNow();
        var entry = new AuditEntry(AuditId.New(at), at, action, actor, address, target, outcome);
        if (!await TryWriteAsync([entry]))
        {
            _failed.Add(1);
            Log.NotWritten(_logger, action, outcome);
            Keep([entry]);
        }
    }

    /// <summary>Counts an attempt that was denied; <see cref="FlushAsync"/> writes one entry for all alike.</summary>
    public void Deny(string action, AuditActor actor, string? address, int outcome) =>
        _denied.Add(action, actor, address, outcome, _time.GetUtcNow());

    /// <summary>Writes the denied attempts, and entries that could not be written before; never throws.</summary>
    public async Task FlushAsync()
    {
        AuditEntry[] entries = [.. _unwritten.Take(), .. _denied.Take()];
        if (entries.Length > 0 && !await TryWriteAsync(entries))
        {
            Keep(entries);
        }
    }

    private async Task<bool> TryWriteAsync(AuditEntry[] entries)
    {
        using var timeout = new CancellationTokenSource(Timeout, _time);
        try
        {
            // Waits no longer than the timeout, even for a store that does not watch the token.
            await _trail.AppendAsync(entries, timeout.Token).WaitAsync(timeout.Token);
            _outcome.Succeeded();
            _written.Add(entries.Length);
            return true;
        }
        catch (Exception error)
        {
            _outcome.Failed(error);
            Log.TrailFailed(_logger, error.GetType().Name);
            return false;
        }
    }

    private void Keep(AuditEntry[] entries)
    {
        if (_unwritten.Add(entries) is > 0 and var lost)
        {
            _lost.Add(lost);
            Log.Lost(_logger, lost);
        }
    }
}
