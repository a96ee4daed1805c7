using Marketing.Domain;
using Marketing.Projections.Consistency;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Projections;

/// <summary>Operations on projections by operators and the schedule.</summary>
public sealed class OperationsTests : IAsyncDisposable
{
    private static readonly UserId User = new("u-1");

    private readonly EmbeddedStores _stores = new();
    private readonly SimulatedProcess _process;

    public OperationsTests() => _process = new SimulatedProcess(_stores, keepChatText: TimeSpan.FromDays(30));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        await _stores.DisposeAsync();
    }

    [Fact]
    public async Task A_projection_that_does_not_exist_is_refused_by_naming_those_that_do()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _process.Projections.RebuildAsync("vector", Cancellation));

        Assert.Contains("'vector'; it must be one of vectors, graph, engagement", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProjectionNames.Vectors)]
    [InlineData(ProjectionNames.Graph)]
    [InlineData(ProjectionNames.Engagement)]
    public async Task A_rebuild_adds_what_is_missing_and_sweeps_what_the_log_does_not_have(string name)
    {
        await ProjectAsync(Sample.Chat("e-1", campaign: "c-1"), Sample.Chat("e-2", "u-2", campaign: "c-2"));
        await DamageAsync();

        var report = await _process.Projections.RebuildAsync(name, Cancellation);

        Assert.Equal((2, 0, 1), (report.Applied, report.Failed, report.Swept));
        var check = (await _process.Projections.CheckAsync(repair: false, Cancellation)).Single(one => one.Projection == name);
        Assert.True(check.Consistent, $"{check}");
    }

    [Fact]
    public async Task A_rebuild_passes_over_poison()
    {
        await ProjectAsync(Sample.Chat("e-1"), Sample.Chat("e-2", text: HashedEmbedder.Poison), Sample.Chat("e-3"));

        var report = await _process.Projections.RebuildAsync(ProjectionNames.Vectors, Cancellation);

        Assert.Equal((2, 1), (report.Applied, report.Failed));
    }

    [Fact]
    public async Task A_rebuild_says_when_the_store_is_down()
    {
        await ProjectAsync(Sample.Chat("e-1"));
        _stores.Embedder.Down = new HttpRequestException("No route to host.");

        var error = await Assert.ThrowsAsync<ProjectionUnavailableException>(
            () => _process.Projections.RebuildAsync(ProjectionNames.Vectors, Cancellation));

        Assert.Equal(ProjectionNames.Vectors, error.Projection);
    }

    [Fact]
    public async Task A_check_finds_what_is_missing_and_what_is_orphaned_and_a_repair_mends_it()
    {
        await ProjectAsync(Sample.Chat("e-1", campaign: "c-1"), Sample.Chat("e-2", "u-2", campaign: "c-2"));
        await DamageAsync();

        var found = await _process.Projections.CheckAsync(repair: false, Cancellation);
        Assert.All(found, report => Assert.Equal((1, 1, 0, false), (report.Missing, report.Orphaned, report.Repaired, report.Consistent)));

        var mended = await _process.Projections.CheckAsync(repair: true, Cancellation);
        Assert.All(mended, report => Assert.Equal((2, true), (report.Repaired, report.Consistent)));
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, "repaired");
    }

    [Fact]
    public async Task An_edge_that_differs_from_the_log_is_found_and_mended()
    {
        await ProjectAsync(Sample.Event("e-1", InteractionType.Click));
        var edge = Assert.Single(await _stores.Graph.EdgesAsync([User], 1, Cancellation));
        await _stores.Graph.UpsertAsync([edge with { Clicks = 7 }], Cancellation);

        var report = (await _process.Projections.CheckAsync(repair: true, Cancellation)).Single(one => one.Projection == ProjectionNames.Graph);

        Assert.Equal((0, 1, 1), (report.Missing, report.Different, report.Repaired));
        Assert.Equal(1, Assert.Single(await _stores.Graph.EdgesAsync([User], 1, Cancellation)).Clicks);
    }

    [Fact]
    public async Task What_is_still_pending_is_no_inconsistency()
    {
        await ProjectAsync(Sample.Event("e-1", InteractionType.Click));
        await _stores.Log.AppendAsync([Sample.Chat("e-2", "u-2", campaign: "c-2")], Cancellation);

        Assert.All(await _process.Projections.CheckAsync(repair: false, Cancellation), report => Assert.True(report.Consistent, $"{report}"));
    }

    [Fact]
    public async Task Retention_drops_old_texts_with_their_vectors_and_keeps_the_interactions()
    {
        await ProjectAsync(Sample.Chat("e-1", campaign: "c-1"), Sample.Chat("e-2", minutes: 60 * 24));
        _stores.Time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));

        await _process.Jobs.RunAsync("retention", Cancellation);
        await _process.DrainAsync();

        Assert.Equal("e-2", Assert.Single(await _stores.Index.LatestAsync(User, 10, Cancellation)).Id.Value);
        Assert.Null(Assert.Single(await _stores.Log.FindAsync(Sample.Ids("e-1"), Cancellation)).Text);
        Assert.Equal(1, await _stores.Graph.CountAsync(Cancellation));
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, "redacted");
    }

    [Fact]
    public async Task A_job_says_what_it_did_and_an_unknown_one_is_refused()
    {
        await ProjectAsync(Sample.Chat("e-1"), Sample.Chat("e-2"), Sample.Chat("e-3", text: HashedEmbedder.Poison));

        Assert.Equal("Dead letters: 1 from projection:vectors.", await _process.Jobs.RunAsync("dead-letters", Cancellation));
        Assert.Equal("Projections that differ from the log: vectors (1 missing).", await _process.Jobs.RunAsync("consistency", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => _process.Jobs.RunAsync("tidy", Cancellation));
    }

    /// <summary>Removes the second user's entries from every projection, and adds entries that are not in the log.</summary>
    private async Task DamageAsync()
    {
        await _stores.Index.RemoveAsync(Sample.Ids("e-2"), Cancellation);
        await _stores.Graph.RemoveAsync([(new UserId("u-2"), new CampaignId("c-2"))], Cancellation);
        await _stores.Engagement.RemoveAsync(Sample.Ids("e-2"), Cancellation);

        var (ghost, campaign) = (new UserId("ghost"), new CampaignId("c-1"));
        await _stores.Index.UpsertAsync(
            [new(Sample.Ids("g-1")[0], ghost, null, Sample.Noon, HashedEmbedder.Embed("card"), Array.Empty<uint>())], Cancellation);
        await _stores.Graph.UpsertAsync([new(ghost, campaign, 0, 0, 1, 0, 0, Sample.Noon, [])], Cancellation);
        await _stores.Engagement.RecordAsync(
            [new(Sample.Ids("g-1")[0], ghost, campaign, InteractionType.Click, Sample.Noon)], Cancellation);
    }

    private async Task ProjectAsync(params Interaction[] interactions)
    {
        await _stores.Log.AppendAsync(interactions, Cancellation);
        await _process.DrainAsync();
    }
}
