using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IPersonalData"/>.</summary>
public abstract class PersonalDataContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILogStores> OpenAsync();

    [Fact]
    public async Task An_erased_user_is_gone_from_log_and_queue()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Event("b", InteractionType.Click), Chat("c", user: "u-2")], Cancel);
        Assert.Equal(2, await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel));
        Assert.Equal(0, await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel));
        Assert.Equal([Chat("c", user: "u-2")], await AllAsync(stores.Log.ScanAsync(5, Cancel)));
        Assert.Empty((await stores.Log.ReadUserAsync(new UserId("u-1"), null, 5, Cancel)).Items);
        Assert.Empty(await stores.Log.FindAsync(Ids("a", "b"), Cancel));
        Assert.Empty(await stores.Log.EdgesAsync([(new UserId("u-1"), new CampaignId("c-1"))], Cancel));
        var statistics = await stores.Log.StatisticsAsync(Cancel);
        Assert.Equal((1, 1, 1), (statistics.Total, statistics.ChatsWithText, statistics.Users));
        Assert.Equal(1, (await stores.Queue.BacklogAsync(Cancel)).Pending);
        Assert.Equal(["c"], (await stores.Queue.ClaimAsync(5, Lease, Cancel)).Select(p => p.Interaction.Id.Value));
    }

    [Fact]
    public async Task An_erased_user_may_come_back()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Chat("b", user: "u-2")], Cancel);
        stores.Time.Advance(TimeSpan.FromMinutes(5));
        await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel);
        var again = Chat("c", text: "again", minutes: 5);
        Assert.Equal([AppendOutcome.Accepted], await stores.Log.AppendAsync([again], Cancel));
        Assert.Equal([AppendOutcome.Duplicate], await stores.Log.AppendAsync([again], Cancel));
        Assert.Equal([again], (await stores.Log.ReadUserAsync(new UserId("u-1"), null, 5, Cancel)).Items);
        Assert.Equal([Chat("b", user: "u-2")], (await stores.Log.ReadUserAsync(new UserId("u-2"), null, 5, Cancel)).Items);
    }

    [Fact]
    public async Task What_is_from_before_an_erasure_is_refused_by_its_time_or_its_id_also_after_a_restart_and_a_return()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a"), Event("b", InteractionType.View, minutes: 12), Chat("c", user: "u-2")], Cancel);
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel);
        await stores.PersonalData.EraseAsync(new UserId("never-seen"), Cancel);
        Interaction[] old =
        [
            Chat("a"), // sent again
            Chat("a", minutes: 11), // sent again without a time, and therefore with a different one
            Event("b", InteractionType.View, minutes: 12), // from a clock that was ahead
            Chat("never-sent", minutes: 9),
            Chat("d", user: "never-seen"),
        ];
        for (int round = 0; round < 3; round++)
        {
            Assert.All(await stores.Log.AppendAsync(old, Cancel), outcome => Assert.Equal(AppendOutcome.Erased, outcome));
            await (round == 0 ? stores.ReopenAsync() : stores.Log.AppendAsync([Chat("back", minutes: 10)], Cancel));
        }

        // The same ids and times are accepted for other users.
        Assert.Equal(
            [AppendOutcome.Accepted, AppendOutcome.Duplicate],
            await stores.Log.AppendAsync([Chat("a", user: "u-2"), Chat("c", user: "u-2")], Cancel));
        Assert.Equal(["a", "back", "c"], (await AllAsync(stores.Log.ScanAsync(9, Cancel))).Select(i => i.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await stores.Log.StatisticsAsync(Cancel)).Users);
        Assert.Equal(3, (await stores.Queue.BacklogAsync(Cancel)).Pending);
    }

    [Fact]
    public async Task What_an_erased_user_has_pending_or_leased_is_gone_and_stays_gone()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("leased"), Chat("pending"), Chat("done"), Chat("other", user: "u-2")], Cancel);
        await stores.Queue.ClaimAsync(3, Lease, Cancel);
        await stores.Queue.CompleteAsync(Ids("done"), Cancel);
        await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel);
        await stores.Queue.CompleteAsync(Ids("leased"), Cancel);
        await stores.Queue.ReleaseAsync(Ids("leased", "pending"), TimeSpan.Zero, Cancel);
        await stores.Queue.RequeueAsync(Ids("leased", "pending", "done"), Cancel);
        stores.Time.Advance(Lease);
        Assert.Equal(1, (await stores.Queue.BacklogAsync(Cancel)).Pending);
        Assert.Equal(["other"], (await stores.Queue.ClaimAsync(9, Lease, Cancel)).Select(p => p.Interaction.Id.Value));
    }

    [Fact]
    public async Task An_erasure_is_remembered_until_it_is_forgotten()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a")], Cancel);
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel);
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        await stores.PersonalData.EraseAsync(new UserId("u-2"), Cancel);
        Assert.Equal(1, await stores.PersonalData.ForgetErasuresAsync(stores.Time.GetUtcNow(), Cancel));
        Assert.Equal(
            [AppendOutcome.Accepted, AppendOutcome.Erased], await stores.Log.AppendAsync([Chat("a"), Chat("b", user: "u-2")], Cancel));
        Assert.Equal(0, await stores.PersonalData.ForgetErasuresAsync(stores.Time.GetUtcNow(), Cancel));
    }

    [Fact]
    public async Task Leftovers_of_an_erasure_are_what_is_from_before_it()
    {
        await using var stores = await OpenAsync();
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel);
        await stores.Log.AppendAsync([Chat("back", minutes: 10), Chat("other", user: "u-2")], Cancel);
        await stores.PersonalData.EraseLeftoversAsync(Assert.Single(await stores.PersonalData.UnfinishedErasuresAsync(Cancel)), Cancel);
        Assert.Equal(["back", "other"], (await AllAsync(stores.Log.ScanAsync(9, Cancel))).Select(i => i.Id.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Erasures_and_appends_at_once_leave_nothing_from_before()
    {
        await using var stores = await OpenAsync();
        stores.Time.Advance(TimeSpan.FromMinutes(10));
        var users = Enumerable.Range(0, 20).Select(n => new UserId($"u-{n}")).ToList();
        var appends = Enumerable.Range(0, 10).Select(batch => Task.Run(
            () => stores.Log.AppendAsync([.. users.Select(user => Chat($"{user.Value}-{batch}", user: user.Value))], Cancel), Cancel));
        var erasures = users.Select(user => Task.Run(() => stores.PersonalData.EraseAsync(user, Cancel), Cancel));
        await Task.WhenAll([.. appends, .. erasures]);
        foreach (var erasure in await stores.PersonalData.UnfinishedErasuresAsync(Cancel))
        {
            await stores.PersonalData.EraseLeftoversAsync(erasure, Cancel);
        }

        Assert.Empty(await AllAsync(stores.Log.ScanAsync(9, Cancel)));
        Assert.Equal(0, (await stores.Queue.BacklogAsync(Cancel)).Pending);
    }

    [Fact]
    public async Task An_erasure_is_unfinished_until_it_is_said_to_be_finished()
    {
        await using var stores = await OpenAsync();
        await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel);
        var first = Assert.Single(await stores.PersonalData.UnfinishedErasuresAsync(Cancel));
        Assert.Equal(new UserId("u-1"), first.UserId);
        await stores.PersonalData.EraseAsync(new UserId("u-2"), Cancel);
        stores.Time.Advance(TimeSpan.FromSeconds(1));
        await stores.PersonalData.EraseAsync(new UserId("u-1"), Cancel);
        await stores.PersonalData.FinishErasureAsync(first, Cancel);
        await stores.ReopenAsync();
        var left = await stores.PersonalData.UnfinishedErasuresAsync(Cancel);
        Assert.Equal(["u-2", "u-1"], left.Select(e => e.UserId.Value));
        Assert.True(left[1].ErasedAt > first.ErasedAt);
        foreach (var erasure in left)
        {
            await stores.PersonalData.FinishErasureAsync(erasure, Cancel);
        }

        Assert.Empty(await stores.PersonalData.UnfinishedErasuresAsync(Cancel));
    }

    [Fact]
    public async Task Nothing_an_erased_user_said_is_left_on_disk()
    {
        await using var stores = await OpenAsync();
        var random = new Random(3);

        // Rows of all sizes, some larger than a page, with users mixed, so that pages are shared, split and merged.
        var sent = Enumerable.Range(0, 1500).Select(n =>
        {
            int user = random.Next(40);
            string filler = new('x', random.Next(20) == 0 ? 9000 : random.Next(300));
            return Chat($"event-{user:00}-{n}", user: $"person-{user:00}", text: $"said-by-{user:00} {filler} said-by-{user:00}")
                with
            { Properties = $$"""{"note":"property-of-{{user:00}}"}""" };
        }).ToList();
        foreach (var batch in sent.Chunk(100))
        {
            await stores.Log.AppendAsync(batch, Cancel);
        }

        foreach (int user in Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Take(30))
        {
            var id = new UserId($"person-{user:00}");
            Traces.Some(await stores.BytesAsync(), $"said-by-{user:00}");
            Assert.Equal(sent.Count(i => i.UserId == id), await stores.PersonalData.EraseAsync(id, Cancel));
            foreach (var erasure in await stores.PersonalData.UnfinishedErasuresAsync(Cancel))
            {
                await stores.PersonalData.FinishErasureAsync(erasure, Cancel);
            }

            Traces.None(await stores.BytesAsync(), $"said-by-{user:00}", $"property-of-{user:00}", $"event-{user:00}-", $"person-{user:00}");
        }

        Assert.Equal(10, (await stores.Log.StatisticsAsync(Cancel)).Users);
    }

    [Fact]
    public async Task Redaction_takes_the_text_of_old_chats_the_oldest_first_and_leaves_the_rest()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync(
            [Chat("new", minutes: 10), Chat("old", text: "forget-me-1", minutes: 1), Chat("older", text: "forget-me-2"), Event("click", InteractionType.Click)], Cancel);
        Assert.Equal(Ids("older"), await stores.PersonalData.RedactTextAsync(Noon.AddMinutes(10), 1, Cancel));
        Assert.Equal(Ids("old"), await stores.PersonalData.RedactTextAsync(Noon.AddMinutes(10), 5, Cancel));
        Assert.Empty(await stores.PersonalData.RedactTextAsync(Noon.AddMinutes(10), 5, Cancel));
        Assert.Equal(
            [Chat("new", minutes: 10), Chat("old", minutes: 1) with { Text = null }, Chat("older") with { Text = null }],
            (await AllAsync(stores.Log.ScanAsync(5, Cancel))).Where(i => i.Type == InteractionType.Chat).OrderBy(i => i.Id));
        Assert.Equal(1, (await stores.Log.StatisticsAsync(Cancel)).ChatsWithText);
        Traces.None(await stores.BytesAsync(), "forget-me-1", "forget-me-2");
    }

    [Fact]
    public async Task What_is_redacted_is_pending_again()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("done"), Chat("leased")], Cancel);
        await stores.Queue.ClaimAsync(5, Lease, Cancel);
        await stores.Queue.CompleteAsync(Ids("done"), Cancel);
        await stores.PersonalData.RedactTextAsync(Noon.AddMinutes(1), 5, Cancel);
        await stores.Queue.CompleteAsync(Ids("leased"), Cancel);
        var pending = await stores.Queue.ClaimAsync(5, Lease, Cancel);
        Assert.Equal([("done", 1, null), ("leased", 1, null)], pending.Select(p => (p.Interaction.Id.Value, p.Attempt, p.Interaction.Text)));
        Assert.Equal(2, (await stores.Queue.BacklogAsync(Cancel)).Pending);
    }
}
