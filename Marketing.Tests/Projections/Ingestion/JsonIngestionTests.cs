using System.IO.Pipelines;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections.Ingestion;

/// <summary>A document is read as it arrives, and the memory held by unfinished ones is bounded.</summary>
public sealed class JsonIngestionTests
{
    private static readonly InteractionLimits Limits = new() { MaxBatchBytes = 8 * 1024 * 1024, MaxBytesInFlight = 1024 * 1024, MaxInteractionBytes = 4096 };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CollectingTarget _target = new();
    private readonly IngestBudget _budget;

    public JsonIngestionTests() => _budget = new IngestBudget(Limits, _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task However_a_document_is_cut_into_reads_the_same_is_taken_in(int seed)
    {
        var random = new Random(seed);
        var items = Enumerable.Range(0, 60).Select(i => random.Next(6) switch
        {
            0 => "{\"userId\":[{}, [1, \"]}\"]]}",
            1 => "\"héllo, \\\" ] }\"",
            2 => $$$"""{"userId":"u","type":"chat","text":"{{{new string('x', 5000)}}}"}""",
            _ => Item(i, $"héllo {i} 😀 \\\"]"),
        }).ToList();
        var good = items.Index().Where(item => item.Item.StartsWith("{\"eventId\"", StringComparison.Ordinal)).Select(item => $"e-{item.Index}").ToList();
        var bytes = Encoding.UTF8.GetBytes((random.Next(2) == 0 ? "\uFEFF" : "") + $" \n[ {string.Join(" , \r\n", items)} ] \n");

        var tally = new IngestTally(1000);
        Assert.Null(await ReadAsync(bytes, random, tally));
        Assert.Equal(good, _target.Taken.Select(interaction => interaction.Id.Value));
        Assert.Equal(items.Count - good.Count, tally.Rejected);
        Assert.Equal(0, _budget.Held);
    }

    [Theory]
    [InlineData("[{},")]
    [InlineData("[{} {}]")]
    [InlineData("{\"eventId\":\"e-1\",\"userId\":\"u\",\"type\":\"chat\",\"text\":\"t\"} x")]
    [InlineData("[] []")]
    [InlineData("  ")]
    [InlineData("[1,2")]
    public async Task A_document_that_is_not_JSON_takes_in_nothing_however_it_is_cut(string text)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var document = text.StartsWith('[') ? $"[{Item(1, "first")},{text}" : text;
            var error = await ReadAsync(Encoding.UTF8.GetBytes(document), new Random(seed), new IngestTally(10));
            Assert.Contains("not valid JSON at line 1", error?.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_target.Taken);
    }

    [Fact]
    public async Task Where_it_stops_being_JSON_is_told_by_line_although_it_is_read_in_parts()
    {
        var document = string.Concat(Enumerable.Repeat("[\n", 1)) + string.Join(",\n", Enumerable.Range(0, 30).Select(i => Item(i, "text"))) + ",\n  oops]";
        var error = await ReadAsync(Encoding.UTF8.GetBytes(document), new Random(3), new IngestTally(10));
        Assert.Contains("at line 32, byte 2", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unfinished_documents_hold_no_more_than_the_budget_and_give_it_back()
    {
        var half = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 200).Select(i => Item(i, new string('x', 2000))))}");
        var pipes = Enumerable.Range(0, 20).Select(_ => new Pipe(new PipeOptions(pauseWriterThreshold: 0))).ToList();
        var reading = pipes.ConvertAll(pipe => ReadAsync(pipe.Reader));
        foreach (var pipe in pipes)
        {
            await pipe.Writer.WriteAsync(half, Cancellation);
        }

        await Eventually.TrueAsync("those that find no room are refused", () => Task.FromResult(reading.Count(read => read.IsFaulted) >= 15));
        var refused = reading.Where(read => read.IsFaulted).ToList();
        Assert.All(refused, read => Assert.Contains("MaxBytesInFlight", Assert.IsType<IngestOverloadException>(read.Exception?.InnerException).Message, StringComparison.Ordinal));
        Assert.InRange(_budget.Held, 1, Limits.MaxBytesInFlight);

        // A small one still gets through.
        Assert.Null(await ReadAsync(Encoding.UTF8.GetBytes(Item(1, "small")), new Random(1), new IngestTally(10)));

        foreach (var pipe in pipes)
        {
            await pipe.Writer.CompleteAsync();
        }

        await Task.WhenAll(reading).ContinueWith(static _ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.Equal(0, _budget.Held);
    }

    [Fact]
    public async Task A_sender_who_stops_is_not_waited_for_and_neither_is_one_who_never_ends()
    {
        var silent = new Pipe();
        var stopped = ReadAsync(silent.Reader);
        await silent.Writer.WriteAsync("[{"u8.ToArray(), Cancellation);
        while (!stopped.IsCompleted)
        {
            // The reader may not be waiting yet.
            _time.Advance(Limits.IdleTimeout);
            await Task.Yield();
        }

        await Assert.ThrowsAsync<SlowBodyException>(() => stopped);

        var slow = new Pipe();
        var trickling = ReadAsync(slow.Reader);
        await slow.Writer.WriteAsync("["u8.ToArray(), Cancellation);
        while (!trickling.IsCompleted)
        {
            await slow.Writer.WriteAsync(" "u8.ToArray(), Cancellation);
            _time.Advance(Limits.IdleTimeout / 2);
            await Task.Yield();
        }

        await Assert.ThrowsAsync<SlowBodyException>(() => trickling);
        Assert.Equal(0, _budget.Held);
    }

    private static string Item(int i, string text) => $$"""{"eventId":"e-{{i}}","userId":"u","type":"chat","text":"{{text}}"}""";

    private async Task<FieldError?> ReadAsync(byte[] document, Random random, IngestTally tally)
    {
        var pipe = new Pipe();
        using var share = _budget.OpenBody();
        var reading = Ingestion().ReadAsync(pipe.Reader, tally, share, Cancellation);
        for (var at = 0; at < document.Length && !reading.IsCompleted;)
        {
            var length = Math.Min(random.Next(1, random.Next(2) == 0 ? 3 : 400), document.Length - at);
            await pipe.Writer.WriteAsync(document.AsMemory(at, length), Cancellation);
            at += length;
        }

        await pipe.Writer.CompleteAsync();
        return await reading;
    }

    private async Task<FieldError?> ReadAsync(PipeReader body)
    {
        using var share = _budget.OpenBody();
        return await Ingestion().ReadAsync(body, new IngestTally(10), share, Cancellation);
    }

    private JsonIngestion Ingestion() => new(new InteractionReader(Limits, _time), _target, Limits);

    private sealed class CollectingTarget : IIngestTarget
    {
        public List<Interaction> Taken { get; } = [];

        public string Name => "The target";

        public bool KnowsDuplicates => true;

        public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
        {
            Taken.AddRange(interactions);
            return Task.FromResult<IReadOnlyList<AppendOutcome>>([.. interactions.Select(_ => AppendOutcome.Accepted)]);
        }

        public void CountRejected(long count)
        {
        }
    }
}
