using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IEngagementStore"/>.</summary>
public abstract class EngagementStoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<IEngagementStores> OpenAsync();

    [Fact]
    public async Task A_fact_recorded_again_is_counted_once()
    {
        await using var store = await OpenAsync();
        var facts = new[] { Fact("a", InteractionType.View), Fact("b", InteractionType.Click), Fact("a", InteractionType.View) };
        await store.Engagement.RecordAsync(facts, Cancel);
        await store.Engagement.RecordAsync([facts[1], Fact("c", InteractionType.Convert, "c-2")], Cancel);
        await store.SettleAsync();
        Assert.Equal(
            [new CampaignCount(new CampaignId("c-1"), 0, 1, 1, 0, 0), new CampaignCount(new CampaignId("c-2"), 0, 0, 0, 1, 0)],
            await CountsAsync(store, null));
        Assert.Equal(3, await store.Engagement.CountAsync(Cancel));
    }

    [Fact]
    public async Task Counts_since_an_hour_leave_out_what_was_before_it()
    {
        await using var store = await OpenAsync();
        await store.Engagement.RecordAsync(
            [Fact("a", at: Noon.AddMilliseconds(-1)), Fact("b", at: Noon), Fact("c", at: Noon.AddDays(1)), Fact("d", at: Noon.AddDays(-30)), Fact("e", at: DateTimeOffset.UnixEpoch.AddMilliseconds(-1))],
            Cancel);
        await store.SettleAsync();
        Assert.Equal(2, (await CountsAsync(store, Noon)).Single().Views);
        Assert.Equal(3, (await CountsAsync(store, Midnight(Noon))).Single().Views);
        Assert.Equal(1, (await CountsAsync(store, Noon.AddDays(1))).Single().Views);
        Assert.Equal(4, (await CountsAsync(store, DateTimeOffset.UnixEpoch)).Single().Views);
        Assert.Equal(5, (await CountsAsync(store, null)).Single().Views);
        Assert.Empty(await CountsAsync(store, Noon.AddDays(2)));
    }

    [Fact]
    public async Task Daily_counts_are_by_UTC_day_oldest_first()
    {
        await using var store = await OpenAsync();
        var midnight = Midnight(Noon);
        var day = DateOnly.FromDateTime(midnight.UtcDateTime);
        await store.Engagement.RecordAsync(
            [Fact("a", at: midnight), Fact("b", at: midnight.AddMilliseconds(-1)), Fact("c", InteractionType.Dismiss, "c-2", at: midnight.AddHours(23)), Fact("d", at: midnight.AddDays(-5))],
            Cancel);
        await store.SettleAsync();
        var one = await store.Engagement.DailyAsync(new CampaignId("c-1"), day.AddDays(-1), Cancel);
        Assert.Equal([(day.AddDays(-1), 1L, 0L), (day, 1L, 0L)], one.Select(d => (d.Day, d.Count.Views, d.Count.Dismissals)));
        var all = await store.Engagement.DailyAsync(null, day.AddDays(-9), Cancel);
        Assert.Equal([(day.AddDays(-5), 1L, 0L), (day.AddDays(-1), 1L, 0L), (day, 1L, 1L)], all.Select(d => (d.Day, d.Count.Views, d.Count.Dismissals)));
        Assert.Empty(await store.Engagement.DailyAsync(new CampaignId("unknown"), day.AddDays(-9), Cancel));
    }

    [Fact]
    public async Task Removed_facts_are_taken_out_of_the_totals_once()
    {
        await using var store = await OpenAsync();
        await store.Engagement.RecordAsync([Fact("a"), Fact("b", InteractionType.Click), Fact("c", InteractionType.Chat, "c-2")], Cancel);
        await store.SettleAsync();
        await CountsAsync(store, Noon);
        await store.Engagement.RemoveAsync(Ids("a", "c", "unknown", "a"), Cancel);
        await store.Engagement.RemoveAsync(Ids("a"), Cancel);
        await store.SettleAsync();
        foreach (var since in new DateTimeOffset?[] { null, Noon, Midnight(Noon) })
        {
            Assert.Equal([new CampaignCount(new CampaignId("c-1"), 0, 0, 1, 0, 0)], await CountsAsync(store, since));
        }

        Assert.Equal(1, await store.Engagement.CountAsync(Cancel));
        await store.Engagement.RecordAsync([Fact("a")], Cancel);
        await store.SettleAsync();
        Assert.Equal(2, await store.Engagement.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_removed_user_is_taken_out_of_the_totals()
    {
        await using var store = await OpenAsync();
        await store.Engagement.RecordAsync(
            [Fact("a"), Fact("b", user: "u-2"), Fact("c", InteractionType.Chat, "c-2"), Fact("d", InteractionType.Convert, user: "u-2")], Cancel);
        await store.SettleAsync();
        await store.Engagement.RemoveUserAsync(new UserId("u-1"), Cancel);
        await store.Engagement.RemoveUserAsync(new UserId("nobody"), Cancel);
        await store.SettleAsync();
        Assert.Equal([new CampaignCount(new CampaignId("c-1"), 0, 1, 0, 1, 0)], await CountsAsync(store, null));
        Assert.Equal(Ids("b", "d"), (await AllAsync(store.Engagement.ScanAsync(1, Cancel))).Select(fact => fact.Id).Order());
    }

    [Fact]
    public async Task A_fact_keeps_its_time_to_the_millisecond()
    {
        await using var store = await OpenAsync();
        DateTimeOffset[] times = [.. new[] { 0, 1, 9, 50, 99, 100, 101, 500, 999 }.SelectMany(ms =>
            new[] { Noon.AddMilliseconds(ms), DateTimeOffset.UnixEpoch.AddMilliseconds(ms), DateTimeOffset.UnixEpoch.AddMilliseconds(-1 - ms) })];
        await store.Engagement.RecordAsync([.. times.Select((time, i) => Fact($"at-{i:00}", at: time))], Cancel);
        await store.SettleAsync();
        Assert.Equal(times, (await AllAsync(store.Engagement.ScanAsync(7, Cancel))).OrderBy(fact => fact.Id).Select(fact => fact.OccurredAt));
    }

    [Fact]
    public async Task A_fact_that_was_removed_can_be_recorded_with_other_content()
    {
        await using var store = await OpenAsync();
        await store.Engagement.RecordAsync([Fact("a"), Fact("b")], Cancel);
        await store.SettleAsync();
        await store.Engagement.RemoveAsync(Ids("a"), Cancel);
        await store.SettleAsync();
        var other = Fact("a", InteractionType.Click, "c-2", "u-2", Noon.AddHours(5));
        await store.Engagement.RecordAsync([other], Cancel);
        await store.SettleAsync();
        Assert.Equal([StoredFact.Of(other)], await store.Engagement.FindAsync(Ids("a", "unknown"), Cancel));
        Assert.Equal(
            [new CampaignCount(new CampaignId("c-1"), 0, 1, 0, 0, 0), new CampaignCount(new CampaignId("c-2"), 0, 0, 1, 0, 0)],
            await CountsAsync(store, null));
    }

    [Fact]
    public async Task What_is_written_while_a_rebuild_fills_the_store_is_there_afterwards()
    {
        await using var store = await OpenAsync();
        await store.Engagement.RecordAsync([Fact("a"), Fact("gone"), Fact("erased", user: "u-2")], Cancel);
        await store.SettleAsync();
        await store.Engagement.RebuildAsync(
            async (target, cancel) =>
            {
                await target.RecordAsync([Fact("a"), Fact("gone"), Fact("erased", user: "u-2"), Fact("b", InteractionType.Click, "c-2")], cancel);
                await store.Engagement.RecordAsync([Fact("meanwhile")], cancel);
                await store.SettleAsync();
                await store.Engagement.RemoveAsync(Ids("gone"), cancel);
                await store.Engagement.RemoveUserAsync(new UserId("u-2"), cancel);
                Assert.Contains(new CampaignId("c-1"), (await store.Engagement.CountsAsync(null, cancel)).Select(count => count.CampaignId));
            },
            Cancel);
        await store.SettleAsync();
        Assert.Equal(
            [new CampaignCount(new CampaignId("c-1"), 0, 2, 0, 0, 0), new CampaignCount(new CampaignId("c-2"), 0, 0, 1, 0, 0)],
            await CountsAsync(store, null));
        await store.ReopenAsync();
        Assert.Equal(3, await store.Engagement.CountAsync(Cancel));
        Assert.Equal(0, await store.Engagement.VerifyAsync(repair: false, Cancel));
    }

    [Fact]
    public async Task A_rebuild_that_fails_leaves_what_was_there()
    {
        await using var store = await OpenAsync();
        await store.Engagement.RecordAsync([Fact("a")], Cancel);
        await store.SettleAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => store.Engagement.RebuildAsync((_, _) => throw new TimeoutException(), Cancel));
        await store.Engagement.RecordAsync([Fact("b")], Cancel);
        await store.SettleAsync();
        Assert.Equal(2, (await CountsAsync(store, null)).Single().Views);
    }

    [Fact]
    public async Task After_any_mix_of_writes_counts_equal_a_naive_count()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            await using var store = await OpenAsync();
            var random = new Random(seed);
            var facts = Enumerable.Range(0, 300).Select(n => Fact(
                $"e-{n}", (InteractionType)random.Next(5), $"c-{random.Next(6)}", $"u-{random.Next(20)}", Noon.AddMinutes(random.Next(-5000, 5000)))).ToArray();
            var kept = new Dictionary<EventId, EngagementFact>();
            for (int step = 0; step < 12; step++)
            {
                var some = random.GetItems(facts, random.Next(1, 80));
                if (step % 4 == 3)
                {
                    await store.Engagement.RemoveAsync([.. some.Select(f => f.Id)], Cancel);
                    Array.ForEach(some, f => kept.Remove(f.Id));
                }
                else
                {
                    await Task.WhenAll(some.Chunk(17).Select(chunk => store.Engagement.RecordAsync(chunk, Cancel)));
                    Array.ForEach(some, f => kept[f.Id] = f);
                }

                if (step == 8)
                {
                    await store.ReopenAsync();
                }

                await store.SettleAsync();
                foreach (var since in new DateTimeOffset?[] { null, Noon, Midnight(Noon), Noon.AddHours(-30), Noon.AddHours(7) })
                {
                    Assert.Equal(NaiveCounts(kept.Values, since), await CountsAsync(store, since));
                }
            }

            Assert.Equal(kept.Count, await store.Engagement.CountAsync(Cancel));
            Assert.Equal(
                kept.Values.Select(StoredFact.Of).OrderBy(fact => fact.Id),
                (await AllAsync(store.Engagement.ScanAsync(13, Cancel))).OrderBy(fact => fact.Id));
        }
    }

    [Fact]
    public async Task A_canceled_call_changes_nothing()
    {
        await using var store = await OpenAsync();
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Engagement.RecordAsync([Fact("a")], canceled.Token));
        Assert.Equal(0, await store.Engagement.CountAsync(Cancel));
    }

    private static async Task<IEnumerable<CampaignCount>> CountsAsync(IEngagementStores store, DateTimeOffset? since) =>
        (await store.Engagement.CountsAsync(since, Cancel)).OrderBy(count => count.CampaignId);

    private static IEnumerable<CampaignCount> NaiveCounts(IEnumerable<EngagementFact> facts, DateTimeOffset? since) => facts
        .Where(f => since is null || f.OccurredAt >= since)
        .GroupBy(f => f.CampaignId)
        .Select(g => new CampaignCount(
            g.Key, Of(g, InteractionType.Chat), Of(g, InteractionType.View), Of(g, InteractionType.Click), Of(g, InteractionType.Convert), Of(g, InteractionType.Dismiss)))
        .OrderBy(count => count.CampaignId);

    private static long Of(IEnumerable<EngagementFact> facts, InteractionType type) => facts.Count(f => f.Type == type);

    private static DateTimeOffset Midnight(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    private static EngagementFact Fact(
        string id, InteractionType type = InteractionType.View, string campaign = "c-1", string user = "u-1", DateTimeOffset? at = null) =>
        new(new EventId(id), new UserId(user), new CampaignId(campaign), type, at ?? Noon);
}
