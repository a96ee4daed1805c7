using System.Text;
using Marketing.Domain;
using Marketing.Tests.Contracts;
using Marketing.Tests.Crash;
using Marketing.Tests.Servers;

namespace Marketing.Tests.Projections;

public sealed class UserErasureTests : IAsyncDisposable
{
    private static readonly UserId User = new("u-erased");

    private readonly EmbeddedStores _stores = new();
    private readonly SimulatedProcess _process;

    public UserErasureTests() => _process = new SimulatedProcess(_stores);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        await _stores.DisposeAsync();
    }

    [Fact]
    public async Task An_erased_user_is_in_no_store_and_the_others_are_as_before()
    {
        await AppendAsync();
        await _process.DrainAsync();
        await _stores.Catalog.PutUserAsync(new UserProfile(User, new Dictionary<string, string> { ["segment"] = "student" }), Cancellation);

        var report = await _process.Erasure.EraseAsync(User, Cancellation);

        Assert.Equal((2, true), (report.Interactions, report.Profile));
        Assert.DoesNotContain(await StoreContent.ReadAsync(_stores), line => line.Contains(User.Value, StringComparison.Ordinal));
        Assert.Empty((await _stores.Log.ReadUserAsync(User, null, 10, Cancellation)).Items);
        Assert.Null(await _stores.Catalog.FindUserAsync(User, Cancellation));
        Assert.Contains(User, _process.Invalidations.Invalidated);
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, "erased");
        Assert.Equal(1, await _stores.Index.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Nothing_that_an_erased_user_said_or_was_called_is_left_in_any_file()
    {
        await AppendAsync();
        await _process.DrainAsync();
        await _process.Erasure.EraseAsync(User, Cancellation);
        _stores.Time.Advance(TimeSpan.FromMinutes(5));
        await _process.Erasure.FinishAsync(TimeSpan.FromMinutes(2), Cancellation);

        var files = Encoding.UTF8.GetString(_stores.Bytes());

        Assert.DoesNotContain("xylophone", files, StringComparison.Ordinal);
        Assert.DoesNotContain(User.Value, files, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_in_flight_does_not_bring_an_erased_user_back()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            await AppendAsync($"-{seed}");
            await Interleaving.RunAsync(
                seed,
                () => _process.Projector.RunOnceAsync(CancellationToken.None),
                () => _process.Erasure.EraseAsync(User, CancellationToken.None));

            Assert.DoesNotContain(await StoreContent.ReadAsync(_stores), line => line.Contains(User.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_erasure_that_died_half_way_is_finished_after_a_restart()
    {
        await AppendAsync();
        await _process.DrainAsync();
        _process.Crash.DieAfter(3);
        Assert.NotEmpty((await _process.Erasure.EraseAsync(User, Cancellation)).Remaining);
        Assert.Contains(await StoreContent.ReadAsync(_stores), line => line.Contains(User.Value, StringComparison.Ordinal));

        using var next = new SimulatedProcess(_stores);
        await next.Erasure.ResumeAsync(Cancellation);

        Assert.DoesNotContain(await StoreContent.ReadAsync(_stores), line => line.Contains(User.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_erasure_that_takes_long_after_a_restart_does_not_hold_up_the_projector()
    {
        await _process.Erasure.EraseAsync(User, Cancellation);
        await _stores.Log.AppendAsync([Sample.Chat("kept-1", "u-kept", campaign: "c-1")], Cancellation);
        using var next = new SimulatedProcess(_stores);
        next.Invalidations.Stuck = User;

        await next.StartAsync(Cancellation);

        await Eventually.TrueAsync("the erasure is repeated", () => Task.FromResult(next.Invalidations.Invalidated.Contains(User)));
        await Eventually.TrueAsync("the chat is projected", async () => (await next.Queue.BacklogAsync(Cancellation)).Pending == 0);
        await next.StopAsync(Cancellation);
    }

    [Fact]
    public async Task What_a_user_does_after_an_erasure_stays()
    {
        await _process.Erasure.EraseAsync(User, Cancellation);
        await AppendAsync();
        await _process.DrainAsync();
        _stores.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await _process.Erasure.FinishAsync(TimeSpan.FromMinutes(2), Cancellation));

        Assert.Single(await _stores.Index.LatestAsync(User, 10, Cancellation));
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, "back again");
    }

    [Fact]
    public async Task An_export_has_everything_that_is_known_of_the_user_and_nothing_of_anybody_else()
    {
        await AppendAsync();
        await _process.DrainAsync();

        var interactions = await _process.Export.InteractionsAsync(User, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["erased-2", "erased-1"], interactions.Select(one => one.Id.Value));
        Assert.Equal("my xylophone", interactions[1].Text);
        Assert.Equal("c-1", Assert.Single(await _process.Export.EdgesAsync(User, Cancellation)).CampaignId.Value);
    }

    private async Task AppendAsync(string suffix = "") => await _stores.Log.AppendAsync(
        [
            Sample.Chat($"erased-1{suffix}", User.Value, "my xylophone"),
            Sample.Event($"erased-2{suffix}", InteractionType.Click, User.Value, minutes: 1),
            Sample.Chat("kept-1", "u-kept", campaign: "c-1"),
        ],
        Cancellation);
}
