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
    private readonly PipelineOptions _options = new();
    private readonly StoreOutcomes _outcomes;
    private readonly StepRunner _steps;

    public StepRunnerTests()
    {
        var options = Options.Create(_options);
        _outcomes = new StoreOutcomes(_time);
        _steps = new StepRunner(
            options,
            _time,
            new LostProjections(),
            _outcomes,
            new StoreBreakers(options, _time),
            NullLogger<StepRunner>.Instance);
    }

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
    public async Task A_store_that_keeps_hanging_is_skipped_and_not_waited_for()
    {
        await HangAsync(5);
        var calls = 0;

        Assert.Null(await AskAsync((_, _) =>
        {
            calls++;
            return new ValueTask<string?>("yes");
        }));

        Assert.Equal(0, calls);
        Assert.Equal(["graph"], _degraded.ToNames());
        Assert.Equal(nameof(TimeoutException), _outcomes.Reads("graph").Failure?.Error);
    }

    [Fact]
    public async Task A_skipped_store_contributes_again_after_one_query_that_succeeds()
    {
        await HangAsync(5);
        _time.Advance(_options.BreakDuration);

        Assert.Equal("yes", await AskAsync((_, _) => new ValueTask<string?>("yes")));
        Assert.Equal("yes", await AskAsync((_, _) => new ValueTask<string?>("yes")));
    }

    [Fact]
    public async Task One_query_at_a_time_tries_a_skipped_store_again()
    {
        await HangAsync(5);
        _time.Advance(_options.BreakDuration);
        var store = new TaskCompletionSource<string?>();
        var trial = AskAsync((_, _) => new ValueTask<string?>(store.Task));

        Assert.Null(await AskAsync((_, _) => new ValueTask<string?>("not asked")));
        store.SetResult("yes");

        Assert.Equal("yes", await trial);
    }

    [Fact]
    public async Task A_store_that_fails_for_few_users_is_not_skipped()
    {
        for (var i = 0; i < 20; i++)
        {
            await AskAsync((_, _) => i % 3 == 0 ? throw new InvalidOperationException() : new ValueTask<string?>("yes"));
        }

        Assert.Equal("yes", await AskAsync((_, _) => new ValueTask<string?>("yes")));
    }

    [Fact]
    public async Task A_store_that_is_skipped_leaves_the_others_alone()
    {
        await HangAsync(5);

        Assert.Equal("yes", await _steps.RunAsync(
            Step.SearchMessages, _degraded, 0, (_, _) => new ValueTask<string?>("yes"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Callers_who_leave_do_not_make_a_store_skipped()
    {
        for (var i = 0; i < 10; i++)
        {
            await A_caller_who_leaves_is_not_a_failure_of_the_store();
        }

        Assert.Equal("yes", await AskAsync((_, _) => new ValueTask<string?>("yes")));
    }

    [Fact]
    public void Stores_are_named_once_and_in_one_order()
    {
        _degraded.Add(Store.Catalog);
        _degraded.Add(Store.Vectors);
        _degraded.Add(Store.Catalog);

        Assert.Equal(["vectors", "catalog"], _degraded.ToNames());
    }

    private async Task HangAsync(int times)
    {
        var pending = Enumerable.Range(0, times)
            .Select(_ => AskAsync((_, _) => new ValueTask<string?>(new TaskCompletionSource<string?>().Task)).AsTask())
            .ToArray();
        _time.Advance(_options.GraphBudget);
        await Task.WhenAll(pending);
    }

    private ValueTask<string?> AskAsync(Func<int, CancellationToken, ValueTask<string?>> ask) =>
        AskForAsync(ask, TestContext.Current.CancellationToken);

    private ValueTask<string?> AskForAsync(Func<int, CancellationToken, ValueTask<string?>> ask, CancellationToken caller) =>
        _steps.RunAsync(Step.ReadOwnEdges, _degraded, 0, ask, caller);
}
