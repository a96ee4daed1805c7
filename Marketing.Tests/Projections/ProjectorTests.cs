using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Projections;

public sealed class ProjectorTests : IAsyncDisposable
{
    private readonly EmbeddedStores _stores = new();
    private readonly SimulatedProcess _process;

    public ProjectorTests() => _process = new SimulatedProcess(_stores);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        await _stores.DisposeAsync();
    }

    [Fact]
    public async Task An_appended_interaction_reaches_every_projection_and_leaves_the_queue()
    {
        await AppendAsync(Sample.Chat("e-1", campaign: "c-1"), Sample.Event("e-2", InteractionType.Click));

        await _process.DrainAsync();

        Assert.Equal("e-1", Assert.Single(await _stores.Index.LatestAsync(new UserId("u-1"), 5, Cancellation)).Id.Value);
        var edge = Assert.Single(await _stores.Graph.EdgesAsync([new UserId("u-1")], 5, Cancellation));
        Assert.Equal((1, 1), (edge.Chats, edge.Clicks));
        Assert.Equal(2, Assert.Single(await _stores.Engagement.CountsAsync(null, Cancellation)).Total);
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task A_retried_interaction_is_counted_once()
    {
        await AppendAsync(Sample.Event("e-1", InteractionType.Click));
        await _process.DrainAsync();
        await AppendAsync(Sample.Event("e-1", InteractionType.Click));
        await _stores.Queue.RequeueAsync(Sample.Ids("e-1"), Cancellation);

        await _process.DrainAsync();

        Assert.Equal(1, Assert.Single(await _stores.Graph.EdgesAsync([new UserId("u-1")], 5, Cancellation)).Clicks);
        Assert.Equal(1, Assert.Single(await _stores.Engagement.CountsAsync(null, Cancellation)).Clicks);
    }

    [Fact]
    public async Task The_cached_answers_of_everybody_in_a_batch_are_dropped()
    {
        await AppendAsync(Sample.Event("e-1", InteractionType.View, "u-1"), Sample.Event("e-2", InteractionType.View, "u-2"));

        await _process.DrainAsync();

        Assert.Equal(["u-1", "u-2"], _process.Invalidations.Invalidated.Select(user => user.Value).Distinct().Order());
    }

    [Fact]
    public async Task A_text_without_a_token_has_no_vector_and_is_not_missed()
    {
        await AppendAsync(Sample.Chat("e-1", text: "?!"));

        await _process.DrainAsync();

        Assert.Equal(0, await _stores.Index.CountAsync(Cancellation));
        Assert.All(await _process.Projections.CheckAsync(repair: false, Cancellation), report => Assert.True(report.Consistent));
    }

    [Fact]
    public async Task A_poison_interaction_ends_as_a_dead_letter_and_the_rest_of_its_batch_goes_on()
    {
        await AppendAsync([.. Enumerable.Range(0, 20).Select(i => Sample.Chat($"e-{i}", $"u-{i}", i == 7 ? HashedEmbedder.Poison : "my card"))]);

        await _process.DrainAsync();

        var letter = Assert.Single((await _stores.DeadLetters.ListAsync(null, 10, Cancellation)).Items);
        Assert.Equal(("projection:vectors", "e-7", "u-7"), (letter.Source, letter.EventId?.Value, letter.UserId?.Value));
        Assert.Equal(19, await _stores.Index.CountAsync(Cancellation));
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task A_dead_letter_quotes_nothing_that_was_said()
    {
        await AppendAsync(Sample.Chat("e-1", text: $"my {HashedEmbedder.Poison} secret"), Sample.Chat("e-2"), Sample.Chat("e-3"));

        await _process.DrainAsync();

        var letter = Assert.Single((await _stores.DeadLetters.ListAsync(null, 10, Cancellation)).Items);
        Assert.Equal(nameof(FormatException), letter.Error);
        Assert.Null(letter.Payload);
    }

    [Fact]
    public async Task What_fails_for_a_reason_outside_the_data_is_tried_as_often_as_is_set()
    {
        _stores.Embedder.Refused = "card";
        await AppendAsync(Sample.Chat("e-1", text: "card"), Sample.Chat("e-2", text: "loan"), Sample.Chat("e-3", text: "app"));

        for (var attempt = 1; attempt < 3; attempt++)
        {
            await _process.DrainAsync();
            Assert.Equal(0, await _stores.DeadLetters.CountAsync(Cancellation));
            _stores.Time.Advance(TimeSpan.FromMinutes(1));
            await AppendAsync(Sample.Chat($"e-{attempt}0", text: "loan"));
        }

        await _process.DrainAsync();
        Assert.Equal(1, await _stores.DeadLetters.CountAsync(Cancellation));
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task A_store_that_is_down_makes_no_dead_letters()
    {
        _stores.Embedder.Down = new HttpRequestException("No route to host.");
        await AppendAsync([.. Enumerable.Range(0, 20).Select(i => Sample.Chat($"e-{i}", $"u-{i}"))]);

        for (var attempt = 0; attempt < 10; attempt++)
        {
            await _process.DrainAsync();
            _stores.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, await _stores.DeadLetters.CountAsync(Cancellation));
        Assert.Equal(20, await PendingAsync());

        _stores.Embedder.Down = null;
        await _process.DrainAsync();
        Assert.Equal(20, await _stores.Index.CountAsync(Cancellation));
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task What_fails_once_as_a_store_comes_back_from_a_long_outage_is_not_poison()
    {
        _stores.Embedder.Down = new HttpRequestException("No route to host.");
        await AppendAsync(Sample.Chat("e-1", text: "card"), Sample.Chat("e-2", text: "loan"), Sample.Chat("e-3", text: "app"), Sample.Chat("e-4", text: "fee"));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await _process.DrainAsync();
            _stores.Time.Advance(TimeSpan.FromMinutes(1));
        }

        _stores.Embedder.Down = null;
        _stores.Embedder.Refused = "card";
        await _process.DrainAsync();
        Assert.Equal((3, 0), (await _stores.Index.CountAsync(Cancellation), await _stores.DeadLetters.CountAsync(Cancellation)));

        _stores.Embedder.Refused = null;
        _stores.Time.Advance(TimeSpan.FromMinutes(1));
        await _process.DrainAsync();
        Assert.Equal((4, 0), (await _stores.Index.CountAsync(Cancellation), await _stores.DeadLetters.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task A_projection_that_is_down_does_not_hold_back_the_others()
    {
        _stores.Embedder.Down = new HttpRequestException("No route to host.");
        await AppendAsync(Sample.Chat("e-1", campaign: "c-1"), Sample.Event("e-2", InteractionType.Click));

        await _process.DrainAsync();

        Assert.Equal(2, Assert.Single(await _stores.Graph.EdgesAsync([new UserId("u-1")], 5, Cancellation)).Total);
        Assert.Equal(2, await _stores.Engagement.CountAsync(Cancellation));
        Assert.Equal(1, await PendingAsync());
    }

    [Fact]
    public async Task What_a_dead_projector_had_claimed_is_projected_when_its_lease_is_over()
    {
        await AppendAsync(Sample.Event("e-1", InteractionType.Click));
        await _stores.Queue.ClaimAsync(10, TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(0, await _process.Projector.RunOnceAsync(Cancellation));

        _stores.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await _process.Projector.RunOnceAsync(Cancellation));
        Assert.Equal(1, await _stores.Engagement.CountAsync(Cancellation));
    }

    [Fact]
    public async Task An_index_that_was_lost_is_filled_again_from_the_log()
    {
        await AppendAsync(Sample.Chat("e-1"), Sample.Chat("e-2", "u-2"));
        await _process.DrainAsync();
        await _stores.Index.RemoveAsync(Sample.Ids("e-1", "e-2"), Cancellation);

        Assert.Equal(2, await _process.LostVectors.RequeueAsync(Cancellation));
        await _process.DrainAsync();

        Assert.Equal(2, await _stores.Index.CountAsync(Cancellation));
        Assert.Equal(0, await _process.LostVectors.RequeueAsync(Cancellation));
    }

    [Fact]
    public async Task An_index_made_with_another_model_is_filled_again_from_the_log()
    {
        await AppendAsync(Sample.Chat("e-1"), Sample.Chat("e-2", "u-2"));
        await _process.DrainAsync();
        _stores.Model = "another";
        await _stores.ReopenAsync();
        using var next = new SimulatedProcess(_stores);
        Assert.Equal(0, await _stores.Index.CountAsync(Cancellation));

        await next.LostVectors.RequeueAsync(Cancellation);
        await next.DrainAsync();

        Assert.Equal(2, await _stores.Index.CountAsync(Cancellation));
    }

    private async Task AppendAsync(params Interaction[] interactions) =>
        await _stores.Log.AppendAsync(interactions, Cancellation);

    private async Task<long> PendingAsync() => (await _stores.Queue.BacklogAsync(Cancellation)).Pending;
}
