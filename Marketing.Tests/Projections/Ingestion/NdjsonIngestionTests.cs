using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Marketing.Projections.Workers;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Projections.Ingestion;

public sealed class NdjsonIngestionTests : IAsyncLifetime
{
    private static readonly InteractionLimits Limits = new() { AppendBatchSize = 5, MaxInteractionBytes = 256 };
    private readonly SqliteLogStores _stores = (SqliteLogStores)SqliteLogStores.OpenAsync().GetAwaiter().GetResult();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private InteractionIngestion? _ingestion;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _ingestion = new InteractionIngestion(
            _stores.Log, new PendingSignal(_stores.Time), _services.GetRequiredService<IMeterFactory>(), new StoreOutcomes(_stores.Time));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _ingestion?.Dispose();
        await _services.DisposeAsync();
        await _stores.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task However_a_stream_is_cut_into_reads_the_same_is_taken_in(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 120).Select(i => random.Next(8) switch
        {
            0 => "",
            1 => "{\"userId\":",
            2 => Line(i, new string('é', 200)),
            _ => Line(i, $"héllo {i} 😀"),
        }).ToList();
        var good = lines.Count(line => line.EndsWith('}') && Encoding.UTF8.GetByteCount(line) <= Limits.MaxInteractionBytes);
        var bytes = Encoding.UTF8.GetBytes(string.Join(random.Next(2) == 0 ? "\n" : "\r\n", lines));

        var pipe = new Pipe();
        var tally = new IngestTally(1000);
        var reading = Ingestion().ReadAsync(pipe.Reader, tally, Share(), Cancellation);
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 400), bytes.Length - at);
            await pipe.Writer.WriteAsync(bytes.AsMemory(at, length), Cancellation);
            at += length;
        }

        await pipe.Writer.CompleteAsync();
        await reading;

        Assert.Equal(good, tally.Accepted);
        Assert.Equal(
            lines.Index().Where(line => line.Item.Length > 0 && !(line.Item.EndsWith('}') && Encoding.UTF8.GetByteCount(line.Item) <= 256))
                .Select(line => line.Index + 1L),
            tally.Rejections.Select(rejection => rejection.Position));
        Assert.Equal(good, (await _stores.Log.StatisticsAsync(Cancellation)).Total);
    }

    [Fact]
    public async Task What_came_before_a_stream_broke_is_kept_and_sending_it_again_completes_it()
    {
        var lines = string.Concat(Enumerable.Range(0, 12).Select(i => Line(i, "text") + "\n"));
        var pipe = new Pipe();
        var tally = new IngestTally(10);
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(lines), Cancellation);
        await pipe.Writer.CompleteAsync(new IOException("The sender is gone."));
        await Assert.ThrowsAsync<IOException>(() => Ingestion().ReadAsync(pipe.Reader, tally, Share(), Cancellation));
        var kept = (await _stores.Log.StatisticsAsync(Cancellation)).Total;
        Assert.Equal(kept, tally.Accepted);

        var again = new IngestTally(10);
        await Ingestion().ReadAsync(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(lines))), again, Share(), Cancellation);
        Assert.Equal((12 - kept, kept), (again.Accepted, again.Duplicate));
    }

    [Fact]
    public async Task A_line_without_end_is_refused_and_not_held_in_memory()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048));
        var tally = new IngestTally(10);
        var reading = Ingestion().ReadAsync(pipe.Reader, tally, Share(), Cancellation);
        var junk = new byte[1024];
        junk.AsSpan().Fill((byte)'x');
        for (var i = 0; i < 1000; i++)
        {
            await pipe.Writer.WriteAsync(junk, Cancellation);
        }

        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes("\n" + Line(1, "after")), Cancellation);
        await pipe.Writer.CompleteAsync();
        await reading;
        Assert.Equal((1, 1), (tally.Accepted, tally.Rejected));
        Assert.Equal(1, Assert.Single(tally.Rejections).Position);
    }

    [Fact]
    public async Task What_was_taken_in_wakes_the_projector()
    {
        var signal = new PendingSignal(_stores.Time);
        using var ingestion = new InteractionIngestion(
            _stores.Log, signal, _services.GetRequiredService<IMeterFactory>(), new StoreOutcomes(_stores.Time));
        await ingestion.AppendAsync([new Interaction(
            new EventId("e"), new UserId("u"), InteractionType.Chat, null, "hi", _stores.Time.GetUtcNow())], Cancellation);
        Assert.True(await signal.WaitAsync(TimeSpan.FromHours(1), Cancellation));
    }

    private static string Line(int i, string text) => $$"""{"eventId":"e-{{i}}","userId":"u","type":"chat","text":"{{text}}"}""";

    private IngestShare Share() => new IngestBudget(Limits, _stores.Time).OpenStream();

    private NdjsonIngestion Ingestion() => new(new InteractionReader(Limits, _stores.Time), _ingestion!, Limits);
}
