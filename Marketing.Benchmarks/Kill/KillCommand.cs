namespace Marketing.Benchmarks.Kill;

/// <summary>
/// Kills the API and the worker with SIGKILL at random moments under a load of writes and erasures, and compares what was
/// acknowledged with what is there. Prints the table of docs/reliability.md; ends with 1 when anything is lost, duplicated,
/// inconsistent, or came back after its erasure.
/// </summary>
/// <remarks>
/// <c>-- kill --count 1000</c> on embedded stores; with empty servers in <c>ConnectionStrings__…</c> the same on those, and on
/// a worker too.
/// </remarks>
internal static class KillCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var run = new KillRun(KillOptions.Parse(args), Console.Error);
        var result = await run.RunAsync();
        result.Write(Console.Out);
        return result.IsClean ? 0 : 1;
    }
}
