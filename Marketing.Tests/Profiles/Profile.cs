using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections;
using Marketing.Projections.Ingestion;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Marketing.Stores;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Profiles;

/// <summary>The whole product in this process, on the stores that the settings select.</summary>
internal sealed class Profile : IAsyncDisposable
{
    private const int BatchSize = 2_000;

    private readonly TemporaryFolder _folder = new();
    private readonly StandingTime _time;
    private readonly IHost _host;

    private Profile(IReadOnlyDictionary<string, string> settings, DateTimeOffset start, IVectorIndex? vectors)
    {
        _time = new StandingTime(start);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings!);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:DataDirectory", _folder.Path),

            // Large budgets, so that a slow machine does not degrade answers.
            new("Recommender:Pipeline:VectorBudget", "00:00:30"),
            new("Recommender:Pipeline:GraphBudget", "00:00:30"),
            new("Recommender:Pipeline:EngagementBudget", "00:00:30"),
            new("Recommender:Pipeline:CatalogBudget", "00:00:30"),
        ]);
        builder.Services.AddSingleton<TimeProvider>(_time).AddLogging().AddMetrics().AddIngestion();
        builder.AddMarketingStores().AddMarketingRecommender().AddProjector();
        if (vectors is not null)
        {
            builder.Services.AddSingleton(vectors);
        }

        _host = builder.Build();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <param name="settings">Connection strings of the servers to use.</param>
    /// <param name="start">The clock's initial time.</param>
    /// <param name="vectors">Replaces the vector index that the settings select.</param>
    public static async Task<Profile> StartAsync(
        IReadOnlyDictionary<string, string> settings, DateTimeOffset start, IVectorIndex? vectors = null)
    {
        var profile = new Profile(settings, start, vectors);
        await profile._host.StartAsync(Cancel);
        return profile;
    }

    /// <summary>Ingests and projects.</summary>
    public async Task LoadAsync(
        IEnumerable<Campaign> campaigns, IEnumerable<UserProfile> users, IEnumerable<Interaction> interactions)
    {
        await Get<ICatalog>().PutCampaignsAsync([.. campaigns], Cancel);
        foreach (var user in users)
        {
            await Get<ICatalog>().PutUserAsync(user, Cancel);
        }

        foreach (var batch in interactions.Chunk(BatchSize))
        {
            await Get<InteractionIngestion>().AppendAsync(batch, Cancel);
        }

        await ProjectedAsync();
    }

    /// <summary>Stops the clock and relearns all models.</summary>
    public async Task StandAtAsync(DateTimeOffset now)
    {
        _time.StandAt(now);
        await Get<IModelRefresher>().RefreshAsync(Cancel);
        await Get<IModelRefresher>().LearnAsync(Cancel);
    }

    public async Task<IReadOnlyList<RecommendedCampaign>> AskAsync(UserId user, string strategy, int limit)
    {
        var answer = await Get<IRecommender>().RecommendAsync(new RecommendationRequest(user, limit, strategy, Explain: true), Cancel);
        Assert.Empty(answer.Degraded);
        return answer.Campaigns;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    private async Task ProjectedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while ((await Get<IInteractionQueue>().BacklogAsync(limit.Token)).Pending > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }
}
