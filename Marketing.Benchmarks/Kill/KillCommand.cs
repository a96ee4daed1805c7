namespace Marketing.Benchmarks.Kill;

/// <summary>
/// Kills the API and the worker with SIGKILL at random moments under a load of writes and erasures, and compares the log with what was
/// acknowledged.
/// </summary>
/// <remarks>
/// <c>-- kill --count 1000</c> runs on embedded stores. With empty servers in <c>ConnectionStrings__…</c>, it runs on those, with a
/// worker as well. Prints the table of docs/reliability.md; exits with 1 when data is lost, duplicated, inconsistent, or back after its
/// erasure.
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
