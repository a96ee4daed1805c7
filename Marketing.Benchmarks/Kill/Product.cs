using System.Diagnostics;
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
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly HttpClient _http;
    private readonly LoadBalancer _balancer;
    private readonly IPEndPoint[] _addresses;
    private readonly SupervisedProcess[] _apis;
    private readonly SupervisedProcess[] _workers;

    public Product(KillOptions options, string folder)
    {
        _folder = folder;
        _addresses = [.. Enumerable.Range(options.Port + 1, options.Apis).Select(port => new IPEndPoint(IPAddress.Loopback, port))];
        _balancer = new LoadBalancer(options.Port, () => _addresses);
        _http = new HttpClient { BaseAddress = _balancer.Address, Timeout = TimeSpan.FromMinutes(5) };
        _apis = [.. _addresses.Select(address => new SupervisedProcess(() => Start("Marketing.Api", $"http://{address}")))];
        _workers = [.. Enumerable.Range(0, HasWorkers ? options.Workers : 0)
            .Select(_ => new SupervisedProcess(() => Start("Marketing.Ingest", "http://127.0.0.1:0")))];
    }

    /// <summary>Whether the stores are servers, for which workers project and which several APIs can share.</summary>
    public static bool HasWorkers =>
        ProjectionHost.MissingForWorker(new ConfigurationBuilder().AddEnvironmentVariables().Build()).Count == 0;

    /// <summary>The address that clients use.</summary>
    public Uri Address => _balancer.Address;

    /// <summary>The output of each process that ended without being killed.</summary>
    public IReadOnlyList<string> Exits => [.. _apis.Concat(_workers).SelectMany(process => process.Exits)];

    /// <summary>Waits until every API accepts connections.</summary>
    /// <exception cref="InvalidOperationException">An API does not start.</exception>
    public async Task StartedAsync()
    {
        var clock = Stopwatch.StartNew();
        while (await FindStartingAsync() >= 0)
        {
            if (clock.Elapsed > StartLimit)
            {
                throw new InvalidOperationException($"An API does not start: {string.Join("; ", Exits)}");
            }

            await Task.Delay(Poll);
        }
    }

    /// <summary>Kills an API: the one that is starting if there is one, so that the others go on serving, or any.</summary>
    public async Task KillApiAsync(Random random) =>
        await _apis[await FindStartingAsync() is >= 0 and var starting ? starting : random.Next(_apis.Length)].KillAsync();

    /// <summary>Kills a worker.</summary>
    public Task KillWorkerAsync(Random random) => _workers[random.Next(_workers.Length)].KillAsync();

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
            await process.DisposeAsync();
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
