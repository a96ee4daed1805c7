using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Marketing.Benchmarks.Kill;

/// <summary>Sends each request until it succeeds, as a client does that must not lose data, and records how that went.</summary>
internal sealed class RetryingClient : IDisposable
{
    /// <summary>Time for a killed process's sockets to close, so that the load balancer does not pick it again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http;
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];
    private readonly List<string> _failedTwice = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _retried;

    public RetryingClient(Uri address) => _http = new HttpClient(new SocketsHttpHandler
    {
        // A connection for each request: the handler would retry a request on a pooled connection that was cut, and hide the error.
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Responses that are neither a success nor a temporary refusal; each is a bug in the product.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>Sends a request until it succeeds.</summary>
    /// <param name="request">Sends the request once.</param>
    /// <param name="isWhole">Whether the body of a success is as it should be.</param>
    /// <param name="stop">Ends the retries, but not the try that is under way.</param>
    /// <returns>False when <paramref name="stop"/> came first.</returns>
    public async Task<bool> SendAsync(
        Func<HttpClient, Task<HttpResponseMessage>> request, Func<JsonElement, bool> isWhole, CancellationToken stop)
    {
        var began = _clock.Elapsed;
        var errors = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            if (await TryAsync(request, isWhole) is not { } error)
            {
                Record(_clock.Elapsed - began, errors.Count > 0);
                return true;
            }

            errors.Add($"{_clock.Elapsed:mm\\:ss\\.fff} {error}");
            if (errors.Count == 2)
            {
                lock (_lock)
                {
                    _failedTwice.Add(string.Join(" | ", errors));
                }
            }

            await Task.Delay(Retry, CancellationToken.None);
        }

        return false;
    }

    /// <summary>Summarizes what was sent so far.</summary>
    public Traffic Summarize()
    {
        lock (_lock)
        {
            double[] sorted = [.. _milliseconds.Order()];
            return new Traffic(
                sorted.Length,
                sorted.Length == 0 ? 0 : sorted[sorted.Length / 2],
                sorted.Length == 0 ? 0 : sorted[sorted.Length * 99 / 100],
                sorted.LastOrDefault(),
                _retried,
                [.. _failedTwice]);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <returns>The error; null for a success.</returns>
    private async Task<string?> TryAsync(Func<HttpClient, Task<HttpResponseMessage>> request, Func<JsonElement, bool> isWhole)
    {
        try
        {
            using var response = await request(_http);
            var body = await response.Content.ReadAsStringAsync();
            var said = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath}: {(int)response.StatusCode} {body}";
            if (response.IsSuccessStatusCode ? !isWhole(body.Length == 0 ? default : JsonElement.Parse(body)) : response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                lock (_lock)
                {
                    Unexpected.Add(said);
                }
            }

            return response.IsSuccessStatusCode ? null : said;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            // The process behind the address is down or was killed during the request: not acknowledged.
            return exception.Message;
        }
    }

    private void Record(TimeSpan took, bool retried)
    {
        lock (_lock)
        {
            _milliseconds.Add(took.TotalMilliseconds);
            _retried += retried ? 1 : 0;
        }
    }
}

/// <summary>What clients sent and how it was answered.</summary>
/// <param name="Requests">Requests that succeeded.</param>
/// <param name="Median">The median time to success in milliseconds, retries included.</param>
/// <param name="P99">The 99th percentile of it.</param>
/// <param name="Max">The longest.</param>
/// <param name="Retried">Requests that did not succeed at once.</param>
/// <param name="FailedTwice">Both errors of each request that also failed when it was sent again.</param>
internal sealed record Traffic(int Requests, double Median, double P99, double Max, int Retried, IReadOnlyList<string> FailedTwice);
