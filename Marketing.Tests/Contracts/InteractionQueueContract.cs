using System.Diagnostics;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IInteractionQueue"/>.</summary>
public abstract class InteractionQueueContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILogStores> OpenAsync();

    [Fact]
    public async Task What_is_appended_is_handed_out_oldest_first_and_once()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a", minutes: 5), Chat("b", minutes: 1)], Cancel);
        await stores.Log.AppendAsync([Chat("c", minutes: 3), Chat("a")], Cancel);
        Assert.Equal(
            [new PendingInteraction(Chat("a", minutes: 5), 1), new PendingInteraction(Chat("b", minutes: 1), 1)],
            await stores.Queue.ClaimAsync(2, Lease, Cancel));
        Assert.Equal([new PendingInteraction(Chat("c", minutes: 3), 1)], await stores.Queue.ClaimAsync(10, Lease, Cancel));
        Assert.Empty(await stores.Queue.ClaimAsync(10, Lease, Cancel));
    }

    [Fact]
    public async Task What_is_not_completed_is_pending_leased_or_not()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b"), Chat("c")], Cancel);
        await stores.Queue.ClaimAsync(2, Lease, Cancel);
        await stores.Queue.CompleteAsync(Ids("a"), Cancel);
        Assert.Equal(Ids("b", "c"), (await stores.Queue.PendingAsync(Ids("a", "b", "c", "unknown"), Cancel)).Order());
        await stores.Queue.RequeueAsync(Ids("a"), Cancel);
        Assert.Equal(Ids("a"), await stores.Queue.PendingAsync(Ids("a"), Cancel));
    }

    [Fact]
    public async Task A_lease_that_ends_is_handed_out_again_as_the_next_attempt()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b")], Cancel);
        await stores.Queue.ClaimAsync(1, Lease, Cancel);
        stores.Time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Equal([("b", 1)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
        stores.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([("a", 2)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
        stores.Time.Advance(Lease);
        Assert.Equal([("a", 3), ("b", 2)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task A_lease_outlives_a_restart()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b")], Cancel);
        await stores.Queue.ClaimAsync(1, Lease, Cancel);
        await stores.ReopenAsync();
        Assert.Equal([("b", 1)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
        stores.Time.Advance(Lease);
        Assert.Equal([("a", 2), ("b", 2)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task A_lease_that_a_clock_ahead_has_given_is_nobodys()
    {
        await using var stores = await OpenAsync();
        stores.Time.AdjustTime(Noon.AddHours(2));
        await stores.ReopenAsync();
        await stores.Log.AppendAsync([Chat("a")], Cancel);
        await stores.Queue.ClaimAsync(5, Lease, Cancel);
        stores.Time.AdjustTime(Noon);
        await stores.ReopenAsync();
        Assert.Equal([("a", 2)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
        Assert.Empty(await stores.Queue.ClaimAsync(5, Lease, Cancel));
    }

    [Fact]
    public async Task What_is_completed_is_never_handed_out_again()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b")], Cancel);
        await stores.Queue.ClaimAsync(5, Lease, Cancel);
        await stores.Queue.CompleteAsync(Ids("a", "unknown", "a"), Cancel);
        Assert.Equal(1, (await stores.Queue.BacklogAsync(Cancel)).Pending);
        stores.Time.Advance(Lease);
        Assert.Equal([("b", 2)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
        Assert.Equal([AppendOutcome.Duplicate], await stores.Log.AppendAsync([Chat("a")], Cancel));
        Assert.Empty(await stores.Queue.ClaimAsync(5, Lease, Cancel));
    }

    [Fact]
    public async Task What_is_not_leased_cannot_be_completed()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b"), Chat("c")], Cancel);
        await stores.Queue.ClaimAsync(2, Lease, Cancel);
        await stores.Queue.RequeueAsync(Ids("a"), Cancel);
        await stores.Queue.ReleaseAsync(Ids("b"), TimeSpan.Zero, Cancel);
        await stores.Queue.CompleteAsync(Ids("a", "b", "c"), Cancel);
        Assert.Equal([("a", 1), ("b", 2), ("c", 1)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task What_is_released_comes_back_after_its_delay()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b")], Cancel);
        await stores.Queue.ClaimAsync(5, Lease, Cancel);
        await stores.Queue.ReleaseAsync(Ids("a"), TimeSpan.FromSeconds(5), Cancel);
        await stores.Queue.ReleaseAsync(Ids("b", "unknown"), TimeSpan.Zero, Cancel);
        Assert.Equal([("b", 2)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
        stores.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([("a", 2)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task What_is_requeued_is_pending_as_if_new()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b")], Cancel);
        await stores.Queue.ClaimAsync(5, Lease, Cancel);
        await stores.Queue.CompleteAsync(Ids("a"), Cancel);
        await stores.Queue.RequeueAsync(Ids("a", "b", "unknown"), Cancel);
        Assert.Equal(2, (await stores.Queue.BacklogAsync(Cancel)).Pending);
        Assert.Equal([("a", 1), ("b", 1)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public virtual async Task Concurrent_claimers_never_share_and_leave_nothing()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([.. Enumerable.Range(0, 500).Select(n => Chat($"e-{n}"))], Cancel);
        var claims = await Task.WhenAll(Enumerable.Range(1, 8).Select(max => Task.Run(
            async () =>
            {
                var own = new List<PendingInteraction>();
                while (await stores.Queue.ClaimAsync(max * 3, Lease, Cancel) is { Count: > 0 } claimed)
                {
                    own.AddRange(claimed);
                    await stores.Queue.CompleteAsync([.. claimed.Select(p => p.Interaction.Id)], Cancel);
                }

                return own;
            },
            Cancel)));
        var ids = claims.SelectMany(own => own).Select(p => p.Interaction.Id).ToList();
        Assert.Equal(500, ids.Count);
        Assert.Equal(500, ids.Distinct().Count());
        Assert.Equal(new QueueBacklog(0, null), await stores.Queue.BacklogAsync(Cancel));
    }

    [Fact]
    public async Task The_backlog_tells_how_much_is_pending_and_since_when()
    {
        await using var stores = await OpenAsync();
        Assert.Equal(new QueueBacklog(0, null), await stores.Queue.BacklogAsync(Cancel));
        var first = stores.Time.GetUtcNow();
        await stores.Log.AppendAsync([Chat("a")], Cancel);
        stores.Time.Advance(TimeSpan.FromMinutes(1));
        await stores.Log.AppendAsync([Chat("b"), Chat("c")], Cancel);
        await stores.Queue.ClaimAsync(1, Lease, Cancel);
        Assert.Equal(new QueueBacklog(3, first), await stores.Queue.BacklogAsync(Cancel));
        await stores.Queue.CompleteAsync(Ids("a"), Cancel);
        Assert.Equal(new QueueBacklog(2, first.AddMinutes(1)), await stores.Queue.BacklogAsync(Cancel));
    }

    [Fact]
    public async Task A_canceled_claim_leases_nothing()
    {
        await using var stores = await OpenAsync();
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        await stores.Log.AppendAsync([Chat("a")], Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stores.Queue.ClaimAsync(5, Lease, canceled.Token));
        Assert.Equal([("a", 1)], Short(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task The_trace_of_an_append_comes_with_every_claim()
    {
        await using var stores = await OpenAsync();
        var first = await TracedAsync(ActivityTraceFlags.Recorded, () => stores.Log.AppendAsync([Chat("a"), Chat("b")], Cancel));
        var second = await TracedAsync(ActivityTraceFlags.Recorded, () => stores.Log.AppendAsync([Chat("c")], Cancel));
        Assert.Equal([("a", first), ("b", first)], Spans(await stores.Queue.ClaimAsync(2, Lease, Cancel)));
        Assert.Equal([("c", second)], Spans(await stores.Queue.ClaimAsync(2, Lease, Cancel)));
        await stores.ReopenAsync();
        stores.Time.Advance(Lease);
        Assert.Equal([("a", first), ("b", first), ("c", second)], Spans(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task Without_a_trace_that_is_recorded_none_comes()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a")], Cancel);
        await TracedAsync(ActivityTraceFlags.None, () => stores.Log.AppendAsync([Chat("b")], Cancel));
        Assert.Equal([("a", null), ("b", null)], Spans(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task A_duplicate_changes_no_trace()
    {
        await using var stores = await OpenAsync();
        var first = await TracedAsync(ActivityTraceFlags.Recorded, () => stores.Log.AppendAsync([Chat("a")], Cancel));
        await stores.Log.AppendAsync([Chat("b")], Cancel);
        await TracedAsync(ActivityTraceFlags.Recorded, () => stores.Log.AppendAsync([Chat("a"), Chat("b")], Cancel));
        Assert.Equal([("a", first), ("b", null)], Spans(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    [Fact]
    public async Task What_is_requeued_has_the_trace_of_whoever_requeued_it()
    {
        await using var stores = await OpenAsync();
        await TracedAsync(ActivityTraceFlags.Recorded, () => stores.Log.AppendAsync([Chat("done"), Chat("leased")], Cancel));
        await stores.Queue.ClaimAsync(5, Lease, Cancel);
        await stores.Queue.CompleteAsync(Ids("done"), Cancel);
        await stores.Queue.RequeueAsync(Ids("done", "leased"), Cancel);
        Assert.Equal([("done", null), ("leased", null)], Spans(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
        await stores.Queue.CompleteAsync(Ids("done"), Cancel);
        var repair = await TracedAsync(ActivityTraceFlags.Recorded, async () =>
        {
            await stores.Queue.RequeueAsync(Ids("done", "leased"), Cancel);
            return true;
        });
        Assert.Equal([("done", repair), ("leased", repair)], Spans(await stores.Queue.ClaimAsync(5, Lease, Cancel)));
    }

    /// <summary>Runs work in a span and returns its id.</summary>
    private static async Task<ActivitySpanId?> TracedAsync<T>(ActivityTraceFlags flags, Func<Task<T>> work)
    {
        using var activity = new Activity("test") { ActivityTraceFlags = flags }.Start();
        await work();
        return activity.SpanId;
    }

    private static IEnumerable<(string Id, ActivitySpanId? Span)> Spans(IReadOnlyList<PendingInteraction> pending) => pending
        .Select(p => (p.Interaction.Id.Value, p.Trace?.SpanId)).OrderBy(p => p.Value, StringComparer.Ordinal);

    private static IEnumerable<(string Id, int Attempt)> Short(IReadOnlyList<PendingInteraction> pending) =>
        pending.Select(p => (p.Interaction.Id.Value, p.Attempt)).OrderBy(p => p.Value, StringComparer.Ordinal);
}
