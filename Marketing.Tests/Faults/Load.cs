using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Confluent.Kafka;

namespace Marketing.Tests.Faults;

/// <summary>A steady load of interactions and questions on an API, and what came of each.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Users = 60;
    private const int Campaigns = 12;
    private const int Writers = 2;
    private const int BatchSize = 3;

    /// <summary>When a caller gives up. Longer than any answer should take, so that what is slow is seen as slow.</summary>
    private static readonly TimeSpan CallerTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(100);

    private readonly string _name;
    private readonly HttpClient _http;
    private readonly TimeSpan _betweenWrites;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Call> _reads = new();
    private readonly ConcurrentQueue<Call> _writes = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly Task _running;

    /// <param name="name">Goes into every event id, so that two loads never share one.</param>
    /// <param name="api">Where the API is.</param>
    /// <param name="betweenWrites">How long each of the writers waits after a batch.</param>
    /// <param name="kafka">Where Kafka is, when there is one: one more writer then writes there.</param>
    public Load(string name, Uri api, TimeSpan betweenWrites, string? kafka)
    {
        _name = name;
        _betweenWrites = betweenWrites;
        _http = new HttpClient { BaseAddress = api, Timeout = CallerTimeout };
        _running = Task.WhenAll([ReadAsync(), ProduceAsync(kafka), .. Enumerable.Range(0, Writers).Select(WriteAsync)]);
    }

    /// <summary>Since it began.</summary>
    public TimeSpan Now => _clock.Elapsed;

    public IReadOnlyCollection<string> Acknowledged => [.. _acknowledged.Keys];

    public IReadOnlyList<Call> Reads => [.. _reads];

    public IReadOnlyList<Call> Writes => [.. _writes];

    /// <summary>Stops asking, and waits for what was asked.</summary>
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

    /// <summary>At a constant rate whether answers come or not. Every second question is for somebody new, whose answer no cache has.</summary>
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
        var (status, degraded) = (0, "");
        try
        {
            using var response = await _http.GetAsync(new Uri($"/recommendations/{user}", UriKind.Relative), CancellationToken.None);
            status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode)
            {
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                degraded = string.Join(' ', answer.GetProperty("degraded").EnumerateArray().Select(name => name.GetString()));
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            // No answer: status 0.
        }

        _reads.Enqueue(new Call(began, _clock.Elapsed - began, status, degraded));
    }

    /// <summary>Sends each batch until it is acknowledged, as a sender does that must not lose anything.</summary>
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
        var status = 0;
        try
        {
            using var response = await _http.PostAsJsonAsync("/interactions", interactions, CancellationToken.None);
            status = (int)response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            // Nobody knows whether it was taken in: status 0.
        }

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

    /// <summary>What the broker acknowledged is acknowledged: the log has it sooner or later.</summary>
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

    /// <summary>A question or a batch and what came of it.</summary>
    /// <param name="Began">Since the load began.</param>
    /// <param name="Took">Until the answer.</param>
    /// <param name="Status">Of HTTP; 0: no answer.</param>
    /// <param name="Degraded">What the answer says is missing.</param>
    internal sealed record Call(TimeSpan Began, TimeSpan Took, int Status, string Degraded)
    {
        public TimeSpan Ended => Began + Took;

        public bool IsGood => Status == 200 && Degraded.Length == 0;
    }

    private sealed record Sent(string EventId, string UserId, string Type, string? CampaignId, string? Text, DateTimeOffset OccurredAt);
}
