using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Marketing.Benchmarks.Load;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;

namespace Marketing.Benchmarks.Kill;

/// <summary>
/// Runs the APIs behind one address, and the workers where they are needed, as processes that are killed and restarted over the same
/// stores: embedded ones in a folder, or the servers in <c>ConnectionStrings__…</c>.
/// </summary>
internal sealed class Product : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly HttpClient _http;
    private readonly LoadBalancer _balancer;
    private readonly IPEndPoint[] _addresses;
    private readonly ChildProcess[] _apis;
    private readonly ChildProcess[] _workers;

    public Product(KillOptions options, string folder)
    {
        _folder = folder;
        _addresses = [.. Enumerable.Range(options.Port + 1, options.Apis).Select(port => new IPEndPoint(IPAddress.Loopback, port))];
        _balancer = new LoadBalancer(options.Port, () => _addresses);
        _http = new HttpClient { BaseAddress = _balancer.Address, Timeout = TimeSpan.FromMinutes(5) };
        _apis = [.. _addresses.Select(StartApi)];
        _workers = [.. Enumerable.Range(0, HasWorkers ? options.Workers : 0).Select(_ => StartWorker())];
    }

    /// <summary>Whether the stores are servers, for which workers project and which several APIs can share.</summary>
    public static bool HasWorkers =>
        ProjectionHost.MissingForWorker(new ConfigurationBuilder().AddEnvironmentVariables().Build()).Count == 0;

    /// <summary>The address that clients use.</summary>
    public Uri Address => _balancer.Address;

    /// <summary>Waits until every API accepts connections.</summary>
    /// <exception cref="InvalidOperationException">An API exited.</exception>
    public async Task StartedAsync()
    {
        while (await FindStartingAsync() is >= 0 and var api)
        {
            await ThrowIfExitedAsync(_apis[api], "API");
            await Task.Delay(Poll);
        }
    }

    /// <summary>
    /// Kills an API with SIGKILL and restarts it: the one that is starting if there is one, so that the others go on serving, or any.
    /// </summary>
    /// <exception cref="InvalidOperationException">The API had already exited.</exception>
    public async Task KillApiAsync(Random random)
    {
        var api = await FindStartingAsync() is >= 0 and var starting ? starting : random.Next(_apis.Length);
        await KillAsync(_apis[api], "API");
        _apis[api] = StartApi(_addresses[api]);
    }

    /// <summary>Kills a worker with SIGKILL and restarts it.</summary>
    /// <exception cref="InvalidOperationException">The worker had already exited.</exception>
    public async Task KillWorkerAsync(Random random)
    {
        var worker = random.Next(_workers.Length);
        await KillAsync(_workers[worker], "worker");
        _workers[worker] = StartWorker();
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

    /// <summary>Stops all processes gracefully, as a deployment does.</summary>
    public Task StopAsync() => Task.WhenAll(_apis.Concat(_workers).Select(process => process.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _apis.Concat(_workers))
        {
            process.Dispose();
        }

        _http.Dispose();
        await _balancer.DisposeAsync();
    }

    /// <summary>Returns the first API that does not accept connections; -1 if all do.</summary>
    private async Task<int> FindStartingAsync() => Array.IndexOf(await Task.WhenAll(_addresses.Select(AcceptsAsync)), false);

    private static async Task<bool> AcceptsAsync(IPEndPoint address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task KillAsync(ChildProcess process, string name)
    {
        await ThrowIfExitedAsync(process, name);
        await process.KillAsync();
        process.Dispose();
    }

    private static async Task ThrowIfExitedAsync(ChildProcess process, string name)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The {name} exited on its own: {await process.ReadAsync()}");
        }
    }

    private ChildProcess StartApi(IPEndPoint address) => Start("Marketing.Api", $"http://{address}");

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
