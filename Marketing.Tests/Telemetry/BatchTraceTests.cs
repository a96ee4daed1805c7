using System.Diagnostics;
using Marketing.Domain;
using Marketing.Projections.Workers;
using Marketing.Tests.Contracts;
using Marketing.Tests.Projections;
using OpenTelemetry.Trace;

namespace Marketing.Tests.Telemetry;

public sealed class BatchTraceTests : IAsyncDisposable
{
    private readonly SpanCollector _spans = new();
    private readonly TracerProvider _provider;
    private readonly EmbeddedStores _stores = new();
    private readonly SimulatedProcess _process;

    public BatchTraceTests()
    {
        _provider = _spans.Listen();
        _process = new SimulatedProcess(_stores);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        await _stores.DisposeAsync();
        _provider.Dispose();
    }

    [Fact]
    public async Task Each_trace_of_a_batch_goes_on_to_the_projections_that_it_concerns()
    {
        var first = await AppendAsync(Sample.Chat("e-1", campaign: "c-1"));
        var second = await AppendAsync(Sample.Event("e-2", InteractionType.Click), Sample.Event("e-3", InteractionType.View));
        await _stores.Log.AppendAsync([Sample.Chat("e-4")], Cancellation);

        await _process.DrainAsync();

        var work = _spans.Of(first.TraceId);
        var batch = Assert.Single(work, span => span.OperationName == "project");
        Assert.Equal((first.SpanId, 4), (batch.ParentSpanId, batch.GetTagItem("marketing.batch.size")));
        Assert.Equal(second.SpanId, Assert.Single(batch.Links).Context.SpanId);
        var applied = work.Where(span => span.ParentSpanId == batch.SpanId).ToDictionary(span => span.OperationName);
        Assert.Equal(["project engagement", "project graph", "project vectors"], applied.Keys.Order());

        var continued = _spans.Of(second.TraceId);
        var other = Assert.Single(continued, span => span.OperationName == "project");
        Assert.Equal((second.SpanId, ActivityKind.Consumer), (other.ParentSpanId, other.Kind));
        Assert.Equal(batch.SpanId, Assert.Single(other.Links).Context.SpanId);
        var repeated = continued.Where(span => span.ParentSpanId == other.SpanId).ToDictionary(span => span.OperationName);
        Assert.Equal(["project engagement", "project graph"], repeated.Keys.Order());
        Assert.All(repeated, span =>
        {
            var original = applied[span.Key];
            Assert.Equal(original.SpanId, Assert.Single(span.Value.Links).Context.SpanId);
            Assert.Equal((original.StartTimeUtc, original.Duration), (span.Value.StartTimeUtc, span.Value.Duration));
        });
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Of_very_many_traces_some_are_continued_and_all_are_linked()
    {
        var appended = new List<ActivityContext>();
        for (var i = 0; i < BatchTrace.MaxTraces + 10; i++)
        {
            appended.Add(await AppendAsync(Sample.Event($"e-{i}", InteractionType.Click)));
        }

        await _process.DrainAsync();

        var batch = Assert.Single(_spans.Of(appended[0].TraceId), span => span.OperationName == "project");
        Assert.Equal(appended.Skip(1).Select(origin => origin.SpanId), batch.Links.Select(link => link.Context.SpanId));
        Assert.Equal(BatchTrace.MaxTraces, appended.Count(origin => _spans.Of(origin.TraceId).Any(span => span.OperationName == "project graph")));
    }

    [Fact]
    public async Task A_projection_that_fails_is_an_error_in_every_trace()
    {
        var first = await AppendAsync(Sample.Chat("e-1", text: HashedEmbedder.Poison));
        var second = await AppendAsync(Sample.Chat("e-2"));

        await _process.DrainAsync();

        Assert.All([first, second], origin =>
        {
            var failed = Assert.Single(_spans.Of(origin.TraceId), span => span.OperationName == "project vectors");
            Assert.Equal((ActivityStatusCode.Error, nameof(FormatException)), (failed.Status, failed.StatusDescription));
        });
    }

    /// <summary>Appends in a separate trace, and returns the context of its span.</summary>
    private async Task<ActivityContext> AppendAsync(params Interaction[] interactions)
    {
        using var activity = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await _stores.Log.AppendAsync(interactions, Cancellation);
        return activity.Context;
    }
}
