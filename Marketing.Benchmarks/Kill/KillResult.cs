namespace Marketing.Benchmarks.Kill;

/// <summary>The result of a kill run.</summary>
/// <param name="Options">The options it ran with.</param>
/// <param name="Elapsed">The time from the first request to the last.</param>
/// <param name="WorkerKills">Kills of workers; the others were kills of APIs.</param>
/// <param name="Log">The comparison of the log with what was acknowledged.</param>
/// <param name="Erasures">Acknowledged erasures.</param>
/// <param name="Checks">Consistency checks.</param>
/// <param name="Inconsistent">Consistency checks that found a difference.</param>
/// <param name="Traffic">What the clients sent and how it was answered.</param>
/// <param name="Degraded">Recommendations that missed a store.</param>
/// <param name="Exits">The output of each process that ended without being killed.</param>
/// <param name="Unexpected">Responses that no client should ever get.</param>
internal sealed record KillResult(
    KillOptions Options,
    TimeSpan Elapsed,
    int WorkerKills,
    LedgerComparison Log,
    int Erasures,
    int Checks,
    int Inconsistent,
    Traffic Traffic,
    int Degraded,
    IReadOnlyList<string> Exits,
    IReadOnlyList<string> Unexpected)
{
    /// <summary>What a process says that did not reach a server at startup within its limit, as on a busy machine. Any other exit is a defect.</summary>
    private const string GaveUp = "does not respond.";

    /// <summary>Whether every promise held. With one API, a client that retries once can meet the same outage twice.</summary>
    public bool IsClean =>
        Log.IsClean && Inconsistent == 0 && Unexpected.Count == 0 && Exits.All(exit => exit.Contains(GaveUp, StringComparison.Ordinal))
        && (Options.Apis == 1 || Traffic.FailedTwice.Count == 0);

    /// <summary>Writes the table rows of docs/reliability.md, followed by the failures.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine("| kills of an API | of a worker | acknowledged | found | lost | duplicated | erased users | found of them | checks | inconsistent | unexpected answers |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        output.WriteLine(
            $"| {Options.Count - WorkerKills} | {WorkerKills} | {Log.Acknowledged:N0} | {Log.Found:N0} | {Log.Lost} | {Log.Duplicated} | {Erasures} | {Log.Resurrected} | {Checks} | {Inconsistent} | {Unexpected.Count} |");
        output.WriteLine();
        output.WriteLine("| seconds | a kill every | requests | per second | median / p99 / max ms | sent again | failed again | degraded answers | starts given up |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        output.WriteLine(
            $"| {Elapsed.TotalSeconds:F0} | {Elapsed.TotalSeconds / Options.Count:F1} s | {Traffic.Requests:N0} | {Traffic.Requests / Elapsed.TotalSeconds:F0} | {Traffic.Median:F0} / {Traffic.P99:F0} / {Traffic.Max:F0} | {Traffic.Retried} | {Traffic.FailedTwice.Count} | {Degraded} | {Exits.Count} |");
        foreach (var failure in Unexpected.Take(20).Concat(Exits.Distinct()).Concat(Options.Apis == 1 ? [] : Traffic.FailedTwice.Take(20)))
        {
            output.WriteLine(failure);
        }
    }
}
