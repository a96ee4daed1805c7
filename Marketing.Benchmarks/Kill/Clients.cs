using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Marketing.Benchmarks.Kill;

/// <summary>
/// Writers and an eraser that retry each request until it is acknowledged, across every kill of the API, as a client does that must
/// not lose data.
/// </summary>
internal sealed class Clients : IAsyncDisposable
{
    private const int Campaigns = 12;
    private const int BatchesPerUser = 4;
    private const int MaxBatch = 10;

    /// <summary>One in this many users is erased once all of the user's interactions are written.</summary>
    private const int ErasedShare = 8;

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    private readonly KillOptions _options;
    private readonly Ledger _ledger;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _acknowledged;

    public Clients(KillOptions options, Ledger ledger)
    {
        _options = options;
        _ledger = ledger;
        _http = new HttpClient { BaseAddress = new Uri($"http://localhost:{options.Port}"), Timeout = TimeSpan.FromSeconds(30) };
        _running = Task.WhenAll([EraseAsync(), .. Enumerable.Range(0, options.Writers).Select(WriteAsync)]);
    }

    /// <summary>The batches acknowledged so far; grows while the API answers.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Responses that are neither an acknowledgment nor a temporary refusal; each is a bug in the product.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>Stops after the requests in flight have completed.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WriteAsync(int writer)
    {
        var random = new Random((_options.Seed * 1_000) + writer);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var userId = $"u-{writer}-{number}";
            for (var batch = 0; batch < BatchesPerUser; batch++)
            {
                var interactions = Batch(random, userId, batch);
                if (!await RepeatAsync(() => _http.PostAsJsonAsync("/interactions", interactions), body => IsWhole(body, interactions.Length)))
                {
                    return;
                }

                _ledger.Acknowledge(userId, interactions.Select(interaction => interaction.EventId));
                Interlocked.Increment(ref _acknowledged);
                await Task.Delay(random.Next(10));
            }

            if (number % ErasedShare == 0)
            {
                _ledger.Complete(userId);
            }
        }
    }

    private async Task EraseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (!_ledger.TryTakeComplete(out var userId))
            {
                await Task.Delay(Retry);
                continue;
            }

            _ledger.Erase(userId, acknowledged: false);
            if (await RepeatAsync(() => _http.DeleteAsync(new Uri($"/users/{userId}", UriKind.Relative)), static _ => true))
            {
                _ledger.Erase(userId, acknowledged: true);
            }
        }
    }

    /// <returns>False when the run ended before the request was acknowledged.</returns>
    private async Task<bool> RepeatAsync(Func<Task<HttpResponseMessage>> request, Func<JsonElement, bool> isAcknowledgement)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var response = await request();
                var body = await response.Content.ReadAsStringAsync();
                var succeeded = response.IsSuccessStatusCode;
                if (!succeeded && response.StatusCode != HttpStatusCode.ServiceUnavailable
                    || succeeded && !isAcknowledgement(body.Length == 0 ? default : JsonElement.Parse(body)))
                {
                    lock (Unexpected)
                    {
                        Unexpected.Add($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath}: {(int)response.StatusCode} {body}");
                    }
                }

                if (succeeded)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException or JsonException)
            {
                // The API is down or was killed during the request: not acknowledged.
            }

            await Task.Delay(Retry);
        }

        return false;
    }

    private static bool IsWhole(JsonElement body, int sent) =>
        body.GetProperty("accepted").GetInt64() + body.GetProperty("duplicate").GetInt64() == sent;

    private static Sent[] Batch(Random random, string userId, int batch) =>
        [.. Enumerable.Range(0, random.Next(1, MaxBatch + 1)).Select(i =>
        {
            var chat = random.Next(5) == 0;
            return new Sent(
                $"{userId}-{batch}-{i}",
                userId,
                chat ? "chat" : random.Next(3) == 0 ? "click" : "view",
                chat ? null : $"c-{random.Next(Campaigns)}",
                chat ? $"my card ending in {random.Next(50)} was declined in shop {random.Next(50)}" : null,
                Start.AddSeconds(random.Next(100_000)));
        })];

    private sealed record Sent(
        string EventId, string UserId, string Type, string? CampaignId, string? Text, DateTimeOffset OccurredAt);
}
