using System.Text.Json;
using Marketing.Benchmarks.Load;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;

namespace Marketing.Benchmarks.Kill;

/// <summary>
/// Runs the API, and the worker where one is needed, as processes that are killed and restarted over the same stores: embedded ones
/// in a folder, or the servers in <c>ConnectionStrings__…</c>.
/// </summary>
internal sealed class Product : IDisposable
{
    private readonly KillOptions _options;
    private readonly string _folder;
    private readonly HttpClient _http;
    private ChildProcess _api;
    private ChildProcess? _worker;

    public Product(KillOptions options, string folder)
    {
        _options = options;
        _folder = folder;
        _http = new HttpClient { BaseAddress = new Uri($"http://localhost:{options.Port}"), Timeout = TimeSpan.FromMinutes(5) };
        HasWorker = ProjectionHost.MissingForWorker(new ConfigurationBuilder().AddEnvironmentVariables().Build()).Count == 0;
        _api = StartApi();
        _worker = HasWorker ? StartWorker() : null;
    }

    /// <summary>Whether the stores are servers, for which a worker projects.</summary>
    public bool HasWorker { get; }

    /// <summary>Kills the API with SIGKILL and restarts it.</summary>
    /// <exception cref="InvalidOperationException">The API had already exited.</exception>
    public async Task KillApiAsync()
    {
        await KillAsync(_api, "API");
        _api = StartApi();
    }

    /// <summary>Kills the worker with SIGKILL and restarts it.</summary>
    /// <exception cref="InvalidOperationException">The worker had already exited.</exception>
    public async Task KillWorkerAsync()
    {
        await KillAsync(_worker!, "worker");
        _worker = StartWorker();
    }

    /// <summary>Waits until everything is projected.</summary>
    public Task DrainAsync() => Load.Api.DrainAsync(_http);

    /// <summary>Checks that every projection equals the log, which must hold under load too.</summary>
    /// <returns>The full response when a projection differs; null when none does.</returns>
    public async Task<string?> FindInconsistencyAsync()
    {
        var answer = await _http.GetStringAsync(new Uri("/admin/consistency", UriKind.Relative));
        return JsonElement.Parse(answer).GetProperty("consistent").GetBoolean() ? null : answer;
    }

    /// <summary>Stops both processes gracefully, as a deployment does.</summary>
    public async Task StopAsync()
    {
        await _api.StopAsync();
        if (_worker is not null)
        {
            await _worker.StopAsync();
        }
    }

    public void Dispose()
    {
        _api.Dispose();
        _worker?.Dispose();
        _http.Dispose();
    }

    private static async Task KillAsync(ChildProcess process, string name)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The {name} exited on its own: {await process.ReadAsync()}");
        }

        await process.KillAsync();
        process.Dispose();
    }

    private ChildProcess StartApi() => Start("Marketing.Api", $"http://localhost:{_options.Port}");

    private ChildProcess StartWorker() => Start("Marketing.Ingest", "http://127.0.0.1:0");

    private ChildProcess Start(string program, string address) =>
        ChildProcess.Start("dotnet", [Load.Api.PathOf(program)], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address,
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["Storage__DataDirectory"] = _folder,
            ["SampleData__LoadOnFirstRun"] = "false",
            ["Jobs__Enabled"] = "false",
            // A short lease, so that batches claimed by a dead process are claimed again before the next kill.
            ["Projector__Lease"] = "00:00:02",
            ["Logging__LogLevel__Default"] = "Warning",
        });
}
