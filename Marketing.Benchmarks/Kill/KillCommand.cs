using Marketing.Stores;

namespace Marketing.Benchmarks.Kill;

/// <summary>
/// Kills APIs and workers with SIGKILL at random moments under a load of writes, reads and erasures, and compares the log with what was
/// acknowledged.
/// </summary>
/// <remarks>
/// <c>-- kill --count 1000</c> runs on embedded stores. With empty servers in <c>ConnectionStrings__…</c>, it runs on those, with a
/// worker as well; <c>--apis 2 --workers 2</c> puts two APIs behind one address, of which one is always up. Prints the tables of
/// docs/reliability.md; exits with 1 when data is lost, duplicated, inconsistent, or back after its erasure, or when a request to one of
/// several APIs failed, was sent again and failed again.
/// </remarks>
internal static class KillCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = KillOptions.Parse(args);
        if (options.Apis > 1 && !Product.HasWorkers)
        {
            await Console.Error.WriteLineAsync(
                $"Several APIs need servers: set {string.Join(", ", ProjectionHost.Shared.Prepend("mongodb").Select(name => $"ConnectionStrings__{name}"))}.");
            return 2;
        }

        using var run = new KillRun(options, Console.Error);
        var result = await run.RunAsync();
        result.Write(Console.Out);
        return result.IsClean ? 0 : 1;
    }
}
