using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Marketing.Benchmarks.Load;

/// <summary>Runs the API as a separate process, on embedded stores in a folder.</summary>
internal sealed class Api : IDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private Api(ChildProcess process, HttpClient http, double startSeconds)
    {
        _process = process;
        _http = http;
        StartSeconds = startSeconds;
    }

    /// <summary>The time from starting the process to the first healthy response.</summary>
    public double StartSeconds { get; }

    public Uri Address => _http.BaseAddress!;

    public double MemoryMegabytes => _process.ResidentBytes / 1e6;

    public static async Task<Api> StartAsync(string dataDirectory, int port)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromMinutes(30) };
        var clock = Stopwatch.StartNew();
        var process = ChildProcess.Start("dotnet", [PathOf("Marketing.Api")], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://localhost:{port}",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["Storage__DataDirectory"] = dataDirectory,
            ["SampleData__LoadOnFirstRun"] = "false",
        });
        while (!await AnswersAsync(http))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException("The API did not start.");
            }

            await Task.Delay(20);
        }

        return new Api(process, http, clock.Elapsed.TotalSeconds);
    }

    /// <summary>The path of another program of the solution, next to this one.</summary>
    public static string PathOf(string project) => Path.Combine(AppContext.BaseDirectory, project + ".dll");

    /// <summary>Waits until everything is projected.</summary>
    public Task DrainAsync() => DrainAsync(_http);

    /// <summary>Waits until the API at the client's address has projected everything.</summary>
    public static async Task DrainAsync(HttpClient http)
    {
        while (true)
        {
            // Read the body even of an unhealthy response: a store that is too busy for its health check still works.
            using var answer = await http.GetAsync("/health");
            using var health = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
            if (health.RootElement.GetProperty("checks").GetProperty("queue").TryGetProperty("description", out var queue)
                && queue.GetString() == "nothing pending")
            {
                return;
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Posts a file as one stream.</summary>
    public async Task PostAsync(string file)
    {
        await using var content = File.OpenRead(file);
        using var body = new StreamContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await _http.PostAsync("/interactions", body);
        response.EnsureSuccessStatusCode();
    }

    public Task StopAsync() => _process.StopAsync();

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync("/health");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
