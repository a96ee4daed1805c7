using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Sqlite;

/// <summary>An API and a worker that share one <c>engagement.db</c>.</summary>
public sealed class SqliteSharedEngagementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IHost _api;
    private readonly IHost _worker;

    public SqliteSharedEngagementTests()
    {
        _api = SqliteHost.Build(_folder, TimeProvider.System);
        _worker = SqliteHost.Build(_folder, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEngagementStore Api => _api.Services.GetRequiredService<IEngagementStore>();

    private IEngagementStore Worker => _worker.Services.GetRequiredService<IEngagementStore>();

    [Fact]
    public async Task What_a_worker_counts_is_seen_by_an_api_that_has_asked_before()
    {
        await Api.RecordAsync([Fact("a", "c-1")], Cancel);
        Assert.Equal(["c-1 1"], await DescribeAsync(Api));
        await Worker.RecordAsync([Fact("b", "c-1"), Fact("c", "c-2")], Cancel);

        await UntilAsync(async () => (await DescribeAsync(Api)).SequenceEqual(["c-1 2", "c-2 1"]));
        Assert.Equal(["c-1 2", "c-2 1"], await DescribeAsync(Worker));
    }

    [Fact]
    public async Task Two_writers_name_new_campaigns_without_mixing_them_up()
    {
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(
                Api.RecordAsync([Fact($"api-{round}", $"c-api-{round}")], Cancel),
                Worker.RecordAsync([Fact($"worker-{round}", $"c-worker-{round}")], Cancel));
        }

        var expected = Enumerable.Range(0, 5).SelectMany(round => new[] { $"c-api-{round} 1", $"c-worker-{round} 1" }).Order(StringComparer.Ordinal).ToList();
        await UntilAsync(async () => (await DescribeAsync(Api)).SequenceEqual(expected));
        await UntilAsync(async () => (await DescribeAsync(Worker)).SequenceEqual(expected));
    }

    public void Dispose()
    {
        _api.Dispose();
        _worker.Dispose();
        _folder.Dispose();
    }

    private static async Task<IEnumerable<string>> DescribeAsync(IEngagementStore store) =>
        (await store.CountsAsync(null, Cancel)).Select(count => $"{count.CampaignId} {count.Total}");

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(20, Cancel);
        }
    }

    private static EngagementFact Fact(string id, string campaign) =>
        new(new EventId(id), new UserId("u-1"), new CampaignId(campaign), InteractionType.View, Sample.Noon);
}
