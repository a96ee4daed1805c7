using System.Net.Http.Json;
using System.Text.Json;

namespace Marketing.Benchmarks.Kill;

/// <summary>
/// Writers, readers and an eraser that retry each request until it succeeds, across every kill.
/// </summary>
internal sealed class Clients : IAsyncDisposable
{
    private const int Campaigns = 12;
    private const int BatchesPerUser = 4;
    private const int MaxBatch = 10;

    /// <summary>One in this many users is erased once all of the user's interactions are written.</summary>
    private const int ErasedShare = 8;

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenErasures = TimeSpan.FromMilliseconds(20);

    private readonly KillOptions _options;
    private readonly Ledger _ledger;
    private readonly RetryingClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _acknowledged;
    private int _degraded;

    public Clients(KillOptions options, Ledger ledger, Uri address)
    {
        _options = options;
        _ledger = ledger;
        _client = new RetryingClient(address);
        _running = RunAsync();
    }

    /// <summary>The batches acknowledged so far; grows while an API answers.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Recommendations that missed a store.</summary>
    public int Degraded => _degraded;

    /// <summary>Responses that are neither a success nor a temporary refusal; each is a bug in the product.</summary>
    public IReadOnlyList<string> Unexpected => _client.Unexpected;

    /// <summary>Summarizes all requests so far.</summary>
    public Traffic Summarize() => _client.Summarize();

    /// <summary>Stops after the requests in flight have completed.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        for (var i = 0; i < Campaigns; i++)
        {
            var (path, campaign) = ($"/campaigns/c-{i}", new { name = $"Campaign {i}", text = "a card for travelers" });
            await SendAsync(http => http.PutAsJsonAsync(path, campaign), static _ => true);
        }

        await Task.WhenAll([
            EraseAsync(),
            .. Enumerable.Range(0, _options.Writers).Select(WriteAsync),
            .. Enumerable.Range(0, _options.Readers).Select(ReadAsync)]);
    }

    private async Task WriteAsync(int writer)
    {
        var random = new Random((_options.Seed * 1_000) + writer);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var userId = UserId(writer, number);
            for (var batch = 0; batch < BatchesPerUser; batch++)
            {
                var interactions = Batch(random, userId, batch);
                if (!await SendAsync(http => http.PostAsJsonAsync("/interactions", interactions), body => IsWhole(body, interactions.Length)))
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

    /// <summary>Asks for users that are being written at the time, and for some that nobody has written.</summary>
    private async Task ReadAsync(int reader)
    {
        var random = new Random((_options.Seed * 1_000) + 500 + reader);
        while (!_stop.IsCancellationRequested)
        {
            var written = (int)(Acknowledged / (BatchesPerUser * _options.Writers));
            var path = new Uri($"/recommendations/{UserId(random.Next(_options.Writers), random.Next(written + 2))}", UriKind.Relative);
            await SendAsync(http => http.GetAsync(path), body =>
            {
                if (body.GetProperty("degraded").GetArrayLength() > 0)
                {
                    Interlocked.Increment(ref _degraded);
                }

                return body.GetProperty("campaigns").ValueKind == JsonValueKind.Array;
            });
            await Task.Delay(BetweenReads);
        }
    }

    private async Task EraseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (!_ledger.TryTakeComplete(out var userId))
            {
                await Task.Delay(BetweenErasures);
                continue;
            }

            _ledger.Erase(userId, acknowledged: false);
            if (await SendAsync(http => http.DeleteAsync(new Uri($"/users/{userId}", UriKind.Relative)), static _ => true))
            {
                _ledger.Erase(userId, acknowledged: true);
            }
        }
    }

    private Task<bool> SendAsync(Func<HttpClient, Task<HttpResponseMessage>> request, Func<JsonElement, bool> isWhole) =>
        _client.SendAsync(request, isWhole, _stop.Token);

    private static string UserId(int writer, int number) => $"u-{writer}-{number}";

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
