using Marketing.Domain;
using Marketing.Projections.Consistency;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Projections;

/// <summary>Checks while clients post, the projector works and users are erased: no false alarms and no missed errors.</summary>
public sealed class CheckUnderLoadTests : IAsyncDisposable
{
    private const int Batches = 60;

    private readonly EmbeddedStores _stores = new();
    private readonly SimulatedProcess _process;

    public CheckUnderLoadTests() => _process = new SimulatedProcess(_stores, batchSize: 40);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        await _stores.DisposeAsync();
    }

    [Fact]
    public async Task What_is_merely_under_way_is_no_difference()
    {
        var working = WorkAsync();
        var checks = 0;
        do
        {
            foreach (var report in await _process.Projections.CheckAsync(repair: false, full: checks % 2 == 0, Cancel))
            {
                Assert.True(report.Consistent, $"check {checks}: {report} {string.Join(", ", report.Samples)}");
            }

            checks++;
        }
        while (!working.IsCompleted);
        await working;
        await _process.DrainAsync();
        Assert.All(await _process.Projections.CheckAsync(repair: false, full: true, Cancel), report => Assert.True(report.Consistent, $"{report}"));
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, "after all");
    }

    [Fact]
    public async Task A_true_difference_is_found_in_the_midst_of_it_and_mended()
    {
        await _stores.Log.AppendAsync(
            [Sample.Chat("quiet-1", "u-quiet", "my loan", campaign: "c-quiet"), Sample.Event("quiet-2", InteractionType.Click, "u-quiet", "c-quiet")], Cancel);
        await _process.DrainAsync();
        var edge = Assert.Single(await _stores.Graph.EdgesAsync([new UserId("u-quiet")], 5, Cancel));
        var message = Assert.Single(await _stores.Index.ReadUserAsync(new UserId("u-quiet"), Cancel));

        var working = WorkAsync();
        await _stores.Graph.UpsertAsync([edge with { RecentViews = [Sample.Noon] }], Cancel);
        await _stores.Engagement.RecordAsync([new(new("quiet-2"), edge.UserId, edge.CampaignId, InteractionType.Dismiss, Sample.Noon)], Cancel);
        await _stores.Index.UpsertAsync([message with { Vector = HashedEmbedder.Embed("no such thing") }], Cancel);

        var found = await _process.Projections.CheckAsync(repair: true, full: true, Cancel);
        Assert.All(found, report => Assert.Equal((1L, 1L, true), (report.Different, report.Repaired, report.Consistent)));
        Assert.Equal("different: event quiet-2", Assert.Single(found.Single(report => report.Projection == ProjectionNames.Engagement).Samples));
        Assert.DoesNotContain(found.SelectMany(report => report.Samples), sample => sample.Contains("u-quiet", StringComparison.Ordinal));

        await working;
        await _process.DrainAsync();
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, "mended");
    }

    /// <summary>Runs two clients, a projector and erasures, each on its own thread.</summary>
    private Task WorkAsync()
    {
        var posting = Task.WhenAll(PostAsync(1), PostAsync(2));
        return Task.WhenAll(posting, Task.Run(() => ProjectAsync(posting), Cancel), Task.Run(() => EraseAsync(posting), Cancel));
    }

    private Task PostAsync(int client) => Task.Run(
        async () =>
        {
            var random = new Random(client);
            for (var batch = 0; batch < Batches; batch++)
            {
                await _stores.Log.AppendAsync(
                    [.. Enumerable.Range(0, 20).Select(n => random.Next(2) == 0
                        ? Sample.Chat($"{client}-{batch}-{n}", $"u-{random.Next(40)}", $"card {random.Next(9)} declined", random.Next(600), $"c-{random.Next(5)}")
                        : Sample.Event($"{client}-{batch}-{n}", (InteractionType)random.Next(1, 5), $"u-{random.Next(40)}", $"c-{random.Next(5)}", random.Next(600)))],
                    Cancel);
            }
        },
        Cancel);

    private async Task ProjectAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            await _process.Projector.RunOnceAsync(Cancel);
            await Task.Yield();
        }
    }

    private async Task EraseAsync(Task until)
    {
        for (var n = 0; !until.IsCompleted; n++)
        {
            await _process.Erasure.EraseAsync(new UserId($"u-{n % 40}"), Cancel);
        }
    }
}
