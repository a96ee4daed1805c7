namespace Marketing.Benchmarks.Kill;

/// <summary>The result of a kill run.</summary>
/// <param name="ApiKills">Kills of the API.</param>
/// <param name="WorkerKills">Kills of the worker.</param>
/// <param name="Log">The comparison of the log with what was acknowledged.</param>
/// <param name="Erasures">Acknowledged erasures.</param>
/// <param name="Checks">Consistency checks.</param>
/// <param name="Inconsistent">Consistency checks that found a difference.</param>
/// <param name="Unexpected">Responses that no client should ever get.</param>
internal sealed record KillResult(
    int ApiKills, int WorkerKills, LedgerComparison Log, int Erasures, int Checks, int Inconsistent, IReadOnlyList<string> Unexpected)
{
    public bool IsClean => Log.IsClean && Inconsistent == 0 && Unexpected.Count == 0;

    /// <summary>Writes the table row of docs/reliability.md, followed by the unexpected responses.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine("| kills of the API | of the worker | acknowledged | found | lost | duplicated | erased users | found of them | checks | inconsistent | unexpected answers |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        output.WriteLine(
            $"| {ApiKills} | {WorkerKills} | {Log.Acknowledged:N0} | {Log.Found:N0} | {Log.Lost} | {Log.Duplicated} | {Erasures} | {Log.Resurrected} | {Checks} | {Inconsistent} | {Unexpected.Count} |");
        foreach (var answer in Unexpected.Take(20))
        {
            output.WriteLine(answer);
        }
    }
}
