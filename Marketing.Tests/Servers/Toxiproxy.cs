using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Marketing.Tests.Servers;

/// <summary>A proxy in front of several servers that can slow, throttle, silence or cut each connection.</summary>
internal sealed class Toxiproxy : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private Toxiproxy(ServerProcess process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <param name="program">The path of the Toxiproxy server.</param>
    public static async Task<Toxiproxy> StartAsync(string program)
    {
        var port = FreePort();
        var process = await ServerProcess.StartAsync(
            program, ["-host", "127.0.0.1", "-port", port.ToString(CultureInfo.InvariantCulture)], "Starting Toxiproxy HTTP server");
        var proxy = new Toxiproxy(process, port);
        await Eventually.TrueAsync("toxiproxy answers", proxy.AnswersAsync);
        return proxy;
    }

    /// <summary>
    /// Returns an unused port below the range that systems assign to clients, because a restarted server must find it free.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 20_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is in use.
            }
        }
    }

    /// <summary>Adds a proxy to a server.</summary>
    public Task AddAsync(string name, int listen, int server) => SendAsync(
        "/proxies", new { name, listen = $"127.0.0.1:{listen}", upstream = $"127.0.0.1:{server}", enabled = true });

    /// <summary>Closes every connection and refuses new ones.</summary>
    public Task CutAsync(string name) => SendAsync($"/proxies/{name}", new { enabled = false });

    /// <summary>Accepts connections again.</summary>
    public Task MendAsync(string name) => SendAsync($"/proxies/{name}", new { enabled = true });

    /// <summary>Adds a Toxiproxy toxic with its attributes, in one direction.</summary>
    public Task PoisonAsync(string name, string toxic, object attributes, string stream = "downstream") =>
        SendAsync($"/proxies/{name}/toxics", new { name = $"{toxic}-{stream}", type = toxic, stream, toxicity = 1.0, attributes });

    /// <summary>Removes every toxic and restores cut connections.</summary>
    public Task HealAllAsync() => SendAsync("/reset", new { });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task SendAsync(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/proxies", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
