using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IInteractionGraph"/>.</summary>
public abstract class InteractionGraphContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<IGraphStore> OpenAsync();

    [Fact]
    public async Task An_edge_is_read_back_as_it_was_written()
    {
        await using var store = await OpenAsync();
        var edge = new CampaignEdge(
            new UserId("ü-🙂"), new CampaignId("č/1"), 1, 1_000_000, 0, 3, 70_000, Noon.AddMilliseconds(1),
            [Noon.AddMilliseconds(1), Noon, Noon.AddDays(-400)]);
        await store.Graph.UpsertAsync([edge], Cancel);
        Assert.Equal([Describe(edge)], (await store.Graph.EdgesAsync([edge.UserId], 5, Cancel)).Select(Describe));
        await store.ReopenAsync();
        Assert.Equal([Describe(edge)], (await store.Graph.EdgesAsync([edge.UserId], 5, Cancel)).Select(Describe));
        Assert.Equal(1, await store.Graph.CountAsync(Cancel));
    }

    [Fact]
    public async Task Edges_come_newest_first_and_no_more_than_asked_for_a_user()
    {
        await using var store = await OpenAsync();
        await store.Graph.UpsertAsync(
            [Edge("u-1", "old", 1), Edge("u-1", "new", 3), Edge("u-1", "mid", 2), Edge("u-2", "only", 0), Edge("u-3", "not-asked", 9)], Cancel);
        var edges = await store.Graph.EdgesAsync([new UserId("u-1"), new UserId("nobody"), new UserId("u-2")], 2, Cancel);
        Assert.Equal(["new", "mid"], edges.Where(e => e.UserId.Value == "u-1").Select(e => e.CampaignId.Value));
        Assert.Equal(["only"], edges.Where(e => e.UserId.Value == "u-2").Select(e => e.CampaignId.Value));
        Assert.Equal(3, edges.Count);
    }

    [Fact]
    public async Task An_edge_is_replaced_even_by_one_with_fewer_interactions()
    {
        await using var store = await OpenAsync();
        await store.Graph.UpsertAsync([Edge("u-1", "c-1", 5, views: 9)], Cancel);
        await store.Graph.UpsertAsync([Edge("u-1", "c-1", 2, views: 1)], Cancel);
        await store.Graph.UpsertAsync([Edge("u-1", "c-1", 2, views: 1)], Cancel);
        Assert.Equal([Describe(Edge("u-1", "c-1", 2, views: 1))], (await store.Graph.EdgesAsync([new UserId("u-1")], 5, Cancel)).Select(Describe));
        Assert.Equal(1, await store.Graph.CountAsync(Cancel));
    }

    [Fact]
    public async Task What_is_written_while_a_rebuild_fills_the_graph_is_there_afterwards()
    {
        await using var store = await OpenAsync();
        await store.Graph.UpsertAsync([Edge("u-1", "c-1", 1), Edge("u-2", "c-1", 1), Edge("u-3", "c-1", 1)], Cancel);
        await store.Graph.RebuildAsync(
            async (target, cancel) =>
            {
                await target.UpsertAsync([Edge("u-1", "c-1", 7, views: 3), Edge("u-2", "c-1", 1), Edge("u-3", "c-1", 1)], cancel);
                await store.Graph.UpsertAsync([Edge("u-4", "c-new", 2)], cancel);
                await store.Graph.RemoveUserAsync(new UserId("u-2"), cancel);
                await store.Graph.RemoveAsync([(new UserId("u-3"), new CampaignId("c-1"))], cancel);
                Assert.Single(await store.Graph.EdgesAsync([new UserId("u-1")], 5, cancel));
            },
            Cancel);
        string[] expected = [Describe(Edge("u-1", "c-1", 7, views: 3)), Describe(Edge("u-4", "c-new", 2))];
        Assert.Equal(expected, (await AllAsync(store.Graph.ScanAsync(10, Cancel))).Select(Describe).Order(StringComparer.Ordinal));
        await store.ReopenAsync();
        Assert.Equal(expected, (await AllAsync(store.Graph.ScanAsync(10, Cancel))).Select(Describe).Order(StringComparer.Ordinal));
        Assert.Equal(2, await store.Graph.CountAsync(Cancel));
        Assert.Equal(0, await store.Graph.VerifyAsync(repair: false, Cancel));
    }

    [Fact]
    public async Task A_rebuild_that_fails_leaves_what_was_there()
    {
        await using var store = await OpenAsync();
        await store.Graph.UpsertAsync([Edge("u-1", "c-1", 1)], Cancel);
        await Assert.ThrowsAsync<TimeoutException>(() => store.Graph.RebuildAsync((_, _) => throw new TimeoutException(), Cancel));
        await store.Graph.UpsertAsync([Edge("u-1", "c-2", 2)], Cancel);
        Assert.Equal(2, await store.Graph.CountAsync(Cancel));
    }

    [Fact]
    public async Task Removed_edges_and_users_are_gone_and_unknown_ones_are_ignored()
    {
        await using var store = await OpenAsync();
        await store.Graph.UpsertAsync(
            [Edge("u-1", "c-1", 1), Edge("u-1", "c-2", 2), Edge("u-2", "c-1", 3), Edge("u-3", "c-1", 4)], Cancel);
        await store.Graph.RemoveAsync(
            [(new UserId("u-1"), new CampaignId("c-1")), (new UserId("u-2"), new CampaignId("c-1")), (new UserId("u-9"), new CampaignId("c-1")), (new UserId("u-1"), new CampaignId("c-9"))],
            Cancel);
        await store.Graph.RemoveUserAsync(new UserId("u-3"), Cancel);
        await store.Graph.RemoveUserAsync(new UserId("nobody"), Cancel);
        for (int opened = 0; opened < 2; opened++)
        {
            Assert.Equal([Describe(Edge("u-1", "c-2", 2))], (await AllAsync(store.Graph.ScanAsync(10, Cancel))).Select(Describe));
            Assert.Equal(1, await store.Graph.CountAsync(Cancel));
            await store.ReopenAsync();
        }
    }

    [Fact]
    public async Task A_scan_gives_every_edge_once_and_those_of_a_user_together()
    {
        await using var store = await OpenAsync();
        var edges = Enumerable.Range(0, 60).Select(n => Edge($"u-{n % 13}", $"c-{n}", n)).ToList();
        await store.Graph.UpsertAsync(edges, Cancel);
        var seen = new HashSet<UserId>();
        var scanned = new List<CampaignEdge>();
        await foreach (var batch in store.Graph.ScanAsync(7, Cancel))
        {
            Assert.All(batch.Select(e => e.UserId).Distinct(), user => Assert.True(seen.Add(user)));
            scanned.AddRange(batch);
        }

        Assert.Equal(edges.Select(Describe).Order(StringComparer.Ordinal), scanned.Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_order_in_which_different_edges_are_written_does_not_matter()
    {
        var edges = Enumerable.Range(0, 80).Select(n => Edge($"u-{n % 9}", $"c-{n / 9}", n % 4)).ToArray();
        for (int seed = 0; seed < 5; seed++)
        {
            await using var store = await OpenAsync();
            var random = new Random(seed);
            var shuffled = edges.ToArray();
            random.Shuffle(shuffled);
            await Task.WhenAll(shuffled.Chunk(random.Next(1, 20)).Select(chunk => store.Graph.UpsertAsync(chunk, Cancel)));
            for (int opened = 0; opened < 2; opened++)
            {
                Assert.Equal(
                    edges.Select(Describe).Order(StringComparer.Ordinal),
                    (await AllAsync(store.Graph.ScanAsync(50, Cancel))).Select(Describe).Order(StringComparer.Ordinal));
                Assert.Equal(edges.Length, await store.Graph.CountAsync(Cancel));
                await store.ReopenAsync();
            }
        }
    }

    [Fact]
    public async Task A_canceled_call_changes_nothing()
    {
        await using var store = await OpenAsync();
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Graph.UpsertAsync([Edge("u-1", "c-1", 1)], canceled.Token));
        Assert.Equal(0, await store.Graph.CountAsync(Cancel));
    }

    private static CampaignEdge Edge(string user, string campaign, int minutes, int views = 2) => new(
        new UserId(user), new CampaignId(campaign), 0, views, 1, 0, 0, Noon.AddMinutes(minutes),
        [.. Enumerable.Range(0, Math.Min(views, CampaignEdge.MaxRecentViews)).Select(n => Noon.AddMinutes(minutes - n))]);
}
