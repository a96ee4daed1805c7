using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Confluent.Kafka;

namespace Marketing.Tests.Faults;

/// <summary>A steady load of interactions and requests on an API, and the outcome of each.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Users = 60;
    private const int Campaigns = 12;
    private const int Writers = 2;
    private const int BatchSize = 3;

    /// <summary>The caller's timeout; longer than any answer should take, so that slow answers are recorded as slow.</summary>
    private static readonly TimeSpan CallerTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(100);

    private readonly string _name;
    private readonly HttpClient _http;
    private readonly TimeSpan _betweenWrites;
    private readonly int _retries;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Call> _reads = new();
    private readonly ConcurrentQueue<Call> _writes = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly Task _running;

    /// <param name="name">Part of every event id, so that two loads never share one.</param>
    /// <param name="api">The API's address.</param>
    /// <param name="betweenWrites">Each writer's delay after a batch.</param>
    /// <param name="kafka">Kafka's address, if there is one; adds a writer to Kafka.</param>
    /// <param name="retries">How often a caller sends a failed request again, at once, before it counts as failed.</param>
    public Load(string name, Uri api, TimeSpan betweenWrites, string? kafka, int retries = 0)
    {
        _name = name;
        _betweenWrites = betweenWrites;
        _retries = retries;

        // A connection for each request: on a pooled one that was cut, the handler would retry on its own.
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = api, Timeout = CallerTimeout };
        _running = Task.WhenAll([ReadAsync(), ProduceAsync(kafka), .. Enumerable.Range(0, Writers).Select(WriteAsync)]);
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Now => _clock.Elapsed;

    public IReadOnlyCollection<string> Acknowledged => [.. _acknowledged.Keys];

    public IReadOnlyList<Call> Reads => [.. _reads];

    public IReadOnlyList<Call> Writes => [.. _writes];

    /// <summary>Stops sending requests and waits for those in flight.</summary>
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

    /// <summary>
    /// Sends requests at a constant rate, whether answers come or not; every other one is for a new user, who is not cached.
    /// </summary>
    private async Task ReadAsync()
    {
        var asked = new List<Task>();
        using var timer = new PeriodicTimer(BetweenReads);
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            asked.Add(AskAsync(i % 2 == 0 ? $"u-{i / 2 % Users}" : $"new-{_name}-{i}"));
        }

        await Task.WhenAll(asked);
    }

    private async Task AskAsync(string user)
    {
        var began = _clock.Elapsed;
        var (status, body) = await CallAsync(() => _http.GetAsync(new Uri($"/recommendations/{user}", UriKind.Relative), CancellationToken.None));
        var degraded = status == 200
            ? string.Join(' ', JsonElement.Parse(body).GetProperty("degraded").EnumerateArray().Select(name => name.GetString()))
            : "";
        _reads.Enqueue(new Call(began, _clock.Elapsed - began, status, degraded));
    }

    /// <summary>Sends each batch until it is acknowledged, like a sender that must not lose data.</summary>
    private async Task WriteAsync(int writer)
    {
        for (var batch = 0; !_stop.IsCancellationRequested; batch++)
        {
            var interactions = Batch(writer, batch);
            while (!await SendAsync(interactions) && !_stop.IsCancellationRequested)
            {
                await Task.Delay(_betweenWrites);
            }

            await Task.Delay(_betweenWrites);
        }
    }

    private async Task<bool> SendAsync(Sent[] interactions)
    {
        var began = _clock.Elapsed;
        var (status, _) = await CallAsync(() => _http.PostAsJsonAsync("/interactions", interactions, CancellationToken.None));
        _writes.Enqueue(new Call(began, _clock.Elapsed - began, status, ""));
        if (status != 200)
        {
            return false;
        }

        foreach (var interaction in interactions)
        {
            _acknowledged[interaction.EventId] = true;
        }

        return true;
    }

    /// <returns>The last status and body; status 0 if there was no response.</returns>
    private async Task<(int Status, string Body)> CallAsync(Func<Task<HttpResponseMessage>> send)
    {
        for (var retries = _retries; ; retries--)
        {
            var (status, body) = (0, "");
            try
            {
                using var response = await send();
                body = await response.Content.ReadAsStringAsync(CancellationToken.None);
                status = (int)response.StatusCode;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                // The outcome is unknown: status 0.
            }

            if (status == 200 || retries == 0)
            {
                return (status, body);
            }
        }
    }

    /// <summary>Treats what the broker acknowledges as acknowledged, because it must reach the log eventually.</summary>
    private async Task ProduceAsync(string? kafka)
    {
        if (kafka is null)
        {
            return;
        }

        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = kafka,
            Acks = Acks.All,
            EnableIdempotence = true,
        }).SetLogHandler(static (_, _) => { }).Build();
        for (var batch = 0; !_stop.IsCancellationRequested; batch++)
        {
            await Task.WhenAll(Batch(Writers, batch).Select(interaction => ProduceAsync(producer, interaction)));
            await Task.Delay(_betweenWrites);
        }
    }

    private async Task ProduceAsync(IProducer<string, byte[]> producer, Sent interaction)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(interaction, JsonSerializerOptions.Web);
        try
        {
            await producer.ProduceAsync("interactions", new Message<string, byte[]> { Key = interaction.UserId, Value = json });
            _acknowledged[interaction.EventId] = true;
        }
        catch (ProduceException<string, byte[]>)
        {
            // Not acknowledged.
        }
    }

    private Sent[] Batch(int writer, int batch)
    {
        var random = new Random((writer * 100_000) + batch);
        return [.. Enumerable.Range(0, BatchSize).Select(i =>
        {
            var chat = random.Next(3) == 0;
            return new Sent(
                $"{_name}-{writer}-{batch}-{i}",
                $"u-{random.Next(Users)}",
                chat ? "chat" : random.Next(2) == 0 ? "view" : "click",
                chat ? null : $"c-{random.Next(Campaigns)}",
                chat ? $"my card number {random.Next(50)} was declined in shop {random.Next(50)}" : null,
                DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(random.Next(100_000)));
        })];
    }

    /// <summary>A request or a batch, and its outcome.</summary>
    /// <param name="Began">Start time since the load began.</param>
    /// <param name="Took">Time until the response.</param>
    /// <param name="Status">HTTP status; 0 if there was no response.</param>
    /// <param name="Degraded">The stores listed as degraded.</param>
    internal sealed record Call(TimeSpan Began, TimeSpan Took, int Status, string Degraded)
    {
        public TimeSpan Ended => Began + Took;

        public bool IsGood => Status == 200 && Degraded.Length == 0;
    }

    private sealed record Sent(string EventId, string UserId, string Type, string? CampaignId, string? Text, DateTimeOffset OccurredAt);
}
