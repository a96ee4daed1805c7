using Marketing.Recommender;
using Marketing.Recommender.Model;
using Marketing.Recommender.Models;
using Marketing.Recommender.Pipeline;
using Marketing.Recommender.Ports;
using Marketing.Stores;
using Marketing.Tests.Projections;
using Marketing.Tests.Servers;
using Marketing.Tests.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Redis;

/// <summary>
/// A process that recommends what is in its own embedded stores, and shares nothing with others but a Redis: an answer shows
/// which process computed it, and when.
/// </summary>
internal sealed class CacheProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IHost _host;

    private CacheProcess(string redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", _folder.Path), new("ConnectionStrings:redis", redis)]);
        builder.Services.AddLogging().AddMetrics();
        builder.AddMarketingStores().AddMarketingRecommender();
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new HashedEmbedder());
        builder.Services.AddSingleton(new VectorSpace("hashed", HashedEmbedder.Dimensions));
        _host = builder.Build();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a process that knows one campaign.</summary>
    public static async Task<CacheProcess> StartAsync(string redis, string campaign)
    {
        var process = new CacheProcess(redis);
        await process._host.StartAsync(Cancel);
        await process.AddCampaignAsync(campaign);
        return process;
    }

    /// <summary>From now on it recommends this one too, if it computes. A refresh that was under way may not have seen it.</summary>
    public async Task AddCampaignAsync(string campaign)
    {
        await Get<ICatalog>().PutCampaignsAsync([new Campaign(new CampaignId(campaign), campaign, "")], Cancel);
        await Eventually.TrueAsync("the campaign is known", async () =>
        {
            await Get<IModelRefresher>().RefreshAsync(Cancel);
            return (await AskAsync($"probe-{Guid.NewGuid():N}")).Contains(campaign, StringComparison.Ordinal);
        });
    }

    /// <summary>The campaigns recommended to a user, in the order of their ids.</summary>
    public async Task<string> AskAsync(string user)
    {
        var answer = await Get<IRecommender>().RecommendAsync(new RecommendationRequest(new UserId(user), 5, "hybrid"), Cancel);
        return string.Join(' ', answer.Campaigns.Select(campaign => campaign.CampaignId).Order(StringComparer.Ordinal));
    }

    public async Task InvalidateAsync(params string[] users) =>
        await Get<IRecommender>().InvalidateAsync([.. users.Select(user => new UserId(user))], Cancel);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
