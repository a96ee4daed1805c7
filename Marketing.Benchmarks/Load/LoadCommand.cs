namespace Marketing.Benchmarks.Load;

/// <summary>
/// Measures the system as a user meets it: a generated world goes in through <c>import</c>, the API is started on it, and
/// <c>wrk</c> and <c>vegeta</c> ask over loopback. Prints the tables of docs/performance.md.
/// </summary>
/// <remarks>
/// <c>-- load --users 10000,100000,1000000 --seconds 20 --vegeta PATH</c>; with empty servers in <c>ConnectionStrings__…</c>
/// and <c>--workers 1,2</c> the same on those.
/// </remarks>
internal static class LoadCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var results = new List<LoadResult>();
        foreach (var options in LoadOptions.Parse(args))
        {
            using var run = new LoadRun(options, Console.Error);
            results.Add(await run.RunAsync());
        }

        LoadTable.Write(results, Console.Out);
        return 0;
    }
}
