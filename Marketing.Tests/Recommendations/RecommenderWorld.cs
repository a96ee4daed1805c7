using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections;
using Marketing.Projections.Consistency;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Strategies;
using Marketing.Stores;
using Marketing.Stores.Embedding;
using Marketing.Tests.Contracts;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Recommendations;

/// <summary>
/// The recommender on embedded stores. Additions are projected immediately before a request; models are refreshed on demand.
/// </summary>
internal sealed class RecommenderWorld : IAsyncDisposable
{
    // Shared, because loading the immutable model takes longer than most of these tests.
    private static readonly Lazy<StaticEmbeddingGenerator> Embedder = new(() => StaticEmbeddingGenerator.Load());

    private readonly TemporaryFolder _folder = new();
    private readonly List<Interaction> _added = [];
    private readonly IHost _host;
    private int _events;

    public RecommenderWorld(params (string Setting, string Value)[] settings)
        : this(_ => { }, settings)
    {
    }

    public RecommenderWorld(Action<IServiceCollection> configure, params (string Setting, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new("Storage:DataDirectory", _folder.Path), new("Storage:Durability", "ProcessCrash"), .. settings.Select(pair => KeyValuePair.Create(pair.Setting, (string?)pair.Value))]);
        builder.Services.AddLogging().AddMetrics().AddSingleton<TimeProvider>(Time);
        builder.AddMarketingStores();
        builder.Services.Replace(ServiceDescriptor.Singleton<IEmbeddingGenerator<string, Embedding<float>>>(Embedder.Value));
        builder.AddProjections();
        builder.AddMarketingRecommender();
        configure(builder.Services);
        _host = builder.Build();
    }

    public FakeTimeProvider Time { get; } = new(Sample.Noon);

    public IRecommender Recommender => Get<IRecommender>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task PutAsync(params Campaign[] campaigns) => Get<ICatalog>().PutCampaignsAsync(campaigns, Cancellation);

    public Task PutAsync(params string[] campaigns) =>
        PutAsync([.. campaigns.Select(id => new Campaign(new CampaignId(id), $"Campaign {id}", string.Empty))]);

    /// <summary>Adds a chat, one minute after the previous addition.</summary>
    public void Say(string user, string text) => Add(user, InteractionType.Chat, null, text);

    /// <summary>Adds interactions, each one minute after the previous addition.</summary>
    public void Do(string user, InteractionType type, params string[] campaigns)
    {
        foreach (var campaign in campaigns)
        {
            Add(user, type, campaign, null);
        }
    }

    /// <summary>Adds interactions that arrive now, whenever they occurred.</summary>
    public void Receive(params IEnumerable<Interaction> interactions) => _added.AddRange(interactions);

    /// <summary>Projects additions, refreshes the models and relearns.</summary>
    public async Task LearnAsync()
    {
        await ProjectAsync();
        await Get<IModelRefresher>().RefreshAsync(Cancellation);
        await Get<IModelRefresher>().LearnAsync(Cancellation);
    }

    /// <summary>Projects additions and requests recommendations through the cache.</summary>
    public async Task<Recommendation> AskAsync(string user, string strategy = "hybrid", int limit = 5, bool explain = false)
    {
        await ProjectAsync();
        return await Recommender.RecommendAsync(new RecommendationRequest(new UserId(user), limit, strategy, explain), Cancellation);
    }

    /// <summary>Requests recommendations without the cache.</summary>
    public Task<Recommendation> ComputeAsync(string user, string strategy = "hybrid", int limit = 5) => _host.Services
        .GetServices<IRecommendationStrategy>()
        .Single(one => one.Name == strategy)
        .RecommendAsync(new RecommendationRequest(new UserId(user), limit, strategy), Cancellation)
        .AsTask();

    /// <summary>Applies additions to every projection, like the projector.</summary>
    public async Task ProjectAsync()
    {
        if (_added.Count == 0)
        {
            return;
        }

        var added = _added.ToArray();
        _added.Clear();
        await Get<IInteractionLog>().AppendAsync(added, Cancellation);
        foreach (var projection in _host.Services.GetServices<IProjection>())
        {
            await projection.ApplyAsync([.. added.Where(projection.Concerns)], Cancellation);
        }

        await Get<IAnswerInvalidation>().InvalidateAsync([.. added.Select(interaction => interaction.UserId).Distinct()], Cancellation);
    }

    /// <summary>Returns the campaign ids of an answer, best first.</summary>
    public async Task<string[]> IdsAsync(string user, string strategy = "hybrid", int limit = 5) =>
        [.. (await AskAsync(user, strategy, limit)).Campaigns.Select(campaign => campaign.CampaignId)];

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        _folder.Dispose();
    }

    private void Add(string user, InteractionType type, string? campaign, string? text)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        _added.Add(new Interaction(
            new EventId($"e-{_events++}"),
            new UserId(user),
            type,
            campaign is null ? null : new CampaignId(campaign),
            text,
            Time.GetUtcNow()));
    }
}
