using System.Diagnostics;

namespace Marketing.Benchmarks.Load;

/// <summary>Measures one size, from an empty folder to the last percentile.</summary>
internal sealed class LoadRun(LoadOptions options, TextWriter log) : IDisposable
{
    private const int Port = 25_080;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketing-load-");
    private readonly LoadResult _result = new(options);

    private string Data => Path.Combine(_folder.FullName, "data");

    public async Task<LoadResult> RunAsync()
    {
        var world = await GenerateAsync("world.ndjson", options.Interactions, seed: 1);
        var more = await GenerateAsync("more.ndjson", Math.Max(10_000, options.Interactions / 5), seed: 2);
        _result.RawSqliteRate = await RawSqlite.RunAsync(world.Path, Path.Combine(_folder.FullName, "raw.db"));

        using (var empty = await StartAsync("empty"))
        {
            _result.EmptyMemoryMegabytes = empty.MemoryMegabytes;
            await empty.StopAsync();
        }

        _result.ImportRate = options.Interactions / await TimeAsync("import", () => IngestAsync(
            "import", world.Path, "--campaigns", Path.ChangeExtension(world.Path, ".campaigns.ndjson")));
        using (var first = await StartAsync("first start"))
        {
            await ProjectAsync(first);
            await first.StopAsync();
        }

        using var workers = Workers.Start(options.Workers is [.., var last] ? last : 0, Data);
        using var api = await StartAsync("start");
        _result.StartSeconds = api.StartSeconds;
        _result.MemoryMegabytes = api.MemoryMegabytes;
        await AskAsync(api);
        _result.PostRate = more.Count / await TimeAsync("post", () => api.PostAsync(more.Path));
        _result.DiskMegabytes = new DirectoryInfo(Data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;
        await api.DrainAsync();
        var again = await GenerateAsync("again.ndjson", more.Count, seed: 3);
        _result.EndToEndRate = again.Count / await TimeAsync("post and project", async () =>
        {
            await api.PostAsync(again.Path);
            await api.DrainAsync();
        });
        await api.StopAsync();
        return _result;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Measures projection by the API alone, or by each number of workers.</summary>
    /// <remarks>Each run after the first imports another world of the same size.</remarks>
    private async Task ProjectAsync(Api api)
    {
        if (options.Workers.Count == 0)
        {
            _result.Projected.Add((0, options.Interactions / await TimeAsync("project", api.DrainAsync)));
        }

        foreach (var count in options.Workers)
        {
            if (_result.Projected.Count > 0)
            {
                var next = await GenerateAsync($"workers-{count}.ndjson", options.Interactions, seed: 10 + count);
                await IngestAsync("import", next.Path);
            }

            using var workers = Workers.Start(count, Data);
            _result.Projected.Add((count, options.Interactions / await TimeAsync($"project with {count}", api.DrainAsync)));
            await workers.StopAsync();
        }
    }

    /// <summary>Measures uncached requests twice, the first time to warm up.</summary>
    /// <remarks>Each run uses its own limits, so that none hits another's cached answers.</remarks>
    private async Task AskAsync(Api api)
    {
        await Wrk.UncachedAsync(api.Address, options with { Seconds = Math.Max(2, options.Seconds / 4) }, firstLimit: 61);
        _result.Uncached = await Wrk.UncachedAsync(api.Address, options, firstLimit: 5);
        await Wrk.CachedAsync(api.Address, options with { Seconds = 2 });
        _result.Cached = await Wrk.CachedAsync(api.Address, options);
        log.WriteLine($"  wrk {_result.Uncached.Rate:N0}/s uncached, {_result.Cached.Rate:N0}/s cached");
        if (options.Vegeta is { } vegeta)
        {
            for (var i = 0; i < options.Rates.Count; i++)
            {
                _result.Constant.Add(await Vegeta.RunAsync(vegeta, api.Address, options, options.Rates[i], limit: 90 + i));
            }
        }
    }

    private async Task<Api> StartAsync(string what)
    {
        var api = await Api.StartAsync(Data, Port);
        log.WriteLine($"  {what}: {api.StartSeconds:0.0} s, {api.MemoryMegabytes:N0} MB");
        return api;
    }

    private async Task<(string Path, long Count)> GenerateAsync(string name, long interactions, int seed)
    {
        var path = Path.Combine(_folder.FullName, name);
        var seconds = await TimeAsync($"generate {interactions:N0}", () => IngestAsync(
            "generate", "--users", $"{options.Users}", "--campaigns", $"{options.Campaigns}", "--interactions", $"{interactions}",
            "--seed", $"{seed}", "--until", TimeProvider.System.GetUtcNow().ToString("O"), "--out", path));
        _result.GenerateRate = Math.Max(_result.GenerateRate, interactions / seconds);
        return (path, interactions);
    }

    private Task<string> IngestAsync(params string[] arguments) => ChildProcess.RunAsync(
        "dotnet", [Api.PathOf("Marketing.Ingest"), .. arguments], new Dictionary<string, string> { ["Storage__DataDirectory"] = Data });

    private async Task<double> TimeAsync(string what, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        log.WriteLine($"  {what}: {clock.Elapsed.TotalSeconds:0.0} s");
        return clock.Elapsed.TotalSeconds;
    }
}
