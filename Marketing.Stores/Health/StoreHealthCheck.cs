using System.Globalization;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Stores.Health;

/// <summary>
/// Reports the last real reads and writes of a store, and probes it when there were none recently. A successful probe does not override a
/// call that has just failed: a page may still fit where a batch does not.
/// </summary>
internal sealed class StoreHealthCheck<TPort>(
    string name,
    TPort store,
    Func<TPort, CancellationToken, Task> ask,
    StoreOutcomes outcomes,
    LostProjections lost,
    ILogProbe? log) : IHealthCheck
{
    /// <summary>The age up to which a real call makes a probe unnecessary.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    /// <summary>The time for which a failure outweighs successful probes.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failure = context.Registration.FailureStatus;
        if (log?.Damage is { } damage)
        {
            return new HealthCheckResult(failure, $"damaged: the log {damage}; restore it from a backup");
        }

        if (lost.All.FirstOrDefault(loss => loss.Projection == name) is { } loss)
        {
            return HealthCheckResult.Degraded($"rebuilding from the log: {loss.Reason}");
        }

        var wrong = Failed(outcomes.Writes(name), "write")
            ?? Failed(outcomes.Reads(name), "read")
            ?? await ProbeAsync(outcomes.Reads(name), token => ask(store, token), "read", cancellationToken)
            ?? await ProbeAsync(outcomes.Writes(name), log is null ? null : log.ProbeWriteAsync, "write", cancellationToken);
        return wrong is null ? HealthCheckResult.Healthy() : new HealthCheckResult(failure, wrong);
    }

    private static string? Failed(StoreOutcome outcome, string what) =>
        outcome.Failure is { } failure && outcome.AgeOf(failure) is var age && age < Remembered
            ? string.Create(CultureInfo.InvariantCulture, $"the last {what} failed {age.TotalSeconds:0} s ago ({failure.Error})")
            : null;

    private static async Task<string?> ProbeAsync(
        StoreOutcome outcome, Func<CancellationToken, Task>? probe, string what, CancellationToken cancellationToken)
    {
        if (probe is null || (outcome.Failure is null && outcome.Age < Recent))
        {
            return null;
        }

        try
        {
            await probe(cancellationToken);
            return null;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return $"a probe {what} failed ({error.GetType().Name})";
        }
    }
}
