using System.Diagnostics;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Reading;
using Marketing.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Recommendations.Reading;

public sealed class StepRunnerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DegradedStores _degraded = new();
    private readonly StepRunner _steps;

    public StepRunnerTests() =>
        _steps = new StepRunner(Options.Create(new PipelineOptions()), _time, new LostProjections(), new StoreOutcomes(_time), NullLogger<StepRunner>.Instance);

    [Fact]
    public async Task A_store_that_answers_contributes_and_is_not_named()
    {
        Assert.Equal("yes", await AskAsync((_, _) => new ValueTask<string?>("yes")));
        Assert.Empty(_degraded.ToNames());
    }

    [Fact]
    public async Task A_store_that_throws_is_named()
    {
        Assert.Null(await AskAsync((_, _) => throw new InvalidOperationException()));
        Assert.Null(await AskAsync(async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }));

        Assert.Equal(["graph"], _degraded.ToNames());
    }

    [Fact]
    public async Task A_store_that_runs_over_its_budget_is_told_to_stop_and_waited_for_no_longer()
    {
        var told = CancellationToken.None;
        var pending = AskAsync((_, token) =>
        {
            told = token;
            return new ValueTask<string?>(new TaskCompletionSource<string?>().Task);
        });

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(pending.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(2));

        Assert.Null(await pending);
        Assert.True(told.IsCancellationRequested);
        Assert.Equal(["graph"], _degraded.ToNames());
    }

    [Fact]
    public async Task What_cost_a_contribution_is_an_error_in_the_trace()
    {
        var spans = new SpanCollector();
        using var provider = spans.Listen();
        using var caller = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        Assert.Null(await AskAsync((_, _) => throw new InvalidOperationException("not to be shown")));
        var pending = AskAsync((_, _) => new ValueTask<string?>(new TaskCompletionSource<string?>().Task));
        _time.Advance(TimeSpan.FromMilliseconds(101));
        Assert.Null(await pending);
        Assert.Equal("yes", await AskAsync((_, _) => new ValueTask<string?>("yes")));

        Assert.Equal(
            [(ActivityStatusCode.Error, nameof(InvalidOperationException)), (ActivityStatusCode.Error, nameof(TimeoutException)), (ActivityStatusCode.Unset, null)],
            spans.Of(caller.TraceId).Select(span => (span.Status, span.StatusDescription)));
    }

    [Fact]
    public async Task A_caller_who_leaves_is_not_a_failure_of_the_store()
    {
        using var caller = new CancellationTokenSource();
        var pending = AskForAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return null;
            },
            caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pending);
        Assert.Empty(_degraded.ToNames());
    }

    [Fact]
    public void Stores_are_named_once_and_in_one_order()
    {
        _degraded.Add(Store.Catalog);
        _degraded.Add(Store.Vectors);
        _degraded.Add(Store.Catalog);

        Assert.Equal(["vectors", "catalog"], _degraded.ToNames());
    }

    private ValueTask<string?> AskAsync(Func<int, CancellationToken, ValueTask<string?>> ask) =>
        AskForAsync(ask, TestContext.Current.CancellationToken);

    private ValueTask<string?> AskForAsync(Func<int, CancellationToken, ValueTask<string?>> ask, CancellationToken caller) =>
        _steps.RunAsync(Step.ReadOwnEdges, _degraded, 0, ask, caller);
}
