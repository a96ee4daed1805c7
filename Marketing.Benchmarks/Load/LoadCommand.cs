namespace Marketing.Benchmarks.Load;

/// <summary>
/// Measures the system end to end: imports a generated world with <c>import</c>, starts the API on it, and sends requests with <c>wrk</c>
/// and <c>vegeta</c> over loopback.
/// </summary>
/// <remarks>
/// <c>-- load --users 10000,100000,1000000 --seconds 20 --vegeta PATH</c> runs on embedded stores. With empty servers in
/// <c>ConnectionStrings__…</c> and <c>--workers 1,2</c>, it runs on those. Prints the tables of docs/performance.md.
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
