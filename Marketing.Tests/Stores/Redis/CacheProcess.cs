using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Strategies;
using Marketing.Stores;
using Marketing.Tests.Projections;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Redis;

/// <summary>
/// A process with its own embedded stores that shares only Redis with others. Its answers show which process computed them, and when.
/// </summary>
internal sealed class CacheProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedAnswerStrategy _strategy = new();
    private readonly IHost _host;

    private CacheProcess(string redis, bool recommends)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", _folder.Path), new("ConnectionStrings:redis", redis)]);
        builder.Services.AddLogging().AddMetrics();
        builder.AddMarketingStores();
        if (recommends)
        {
            builder.AddMarketingRecommender();
        }
        else
        {
            builder.AddRemoteAnswerInvalidation();
        }

        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new HashedEmbedder());
        builder.Services.AddSingleton(new VectorSpace("hashed", HashedEmbedder.Dimensions));
        builder.Services.AddSingleton<IRecommendationStrategy>(_strategy);
        _host = builder.Build();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The text of answers computed from now on.</summary>
    public string AnswerText { get => _strategy.AnswerText; set => _strategy.AnswerText = value; }

    /// <summary>Starts a process and waits until it has read its catalog, whose version is part of the cache key.</summary>
    public static async Task<CacheProcess> StartAsync(string redis, string answerText)
    {
        var process = new CacheProcess(redis, recommends: true) { AnswerText = answerText };
        await process._host.StartAsync(Cancel);
        await process.Get<IModelRefresher>().RefreshAsync(Cancel);
        return process;
    }

    /// <summary>Starts a process that projects and does not recommend.</summary>
    public static async Task<CacheProcess> StartWorkerAsync(string redis)
    {
        var process = new CacheProcess(redis, recommends: false);
        await process._host.StartAsync(Cancel);
        return process;
    }

    /// <summary>Runs the job that relearns the models.</summary>
    public Task<string> LearnAsync() => _host.Services.GetServices<IMaintenanceJob>().Single(job => job.Name == "models").RunAsync(Cancel);

    /// <summary>Completes when another process asks this one to relearn its models.</summary>
    public async Task LearnRequestedAsync()
    {
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Get<IRecommenderChannel>().ListenAsync(
            _ => ValueTask.CompletedTask, async () => await heard.CancelAsync(), heard.Token);
        Cancel.ThrowIfCancellationRequested();
    }

    /// <summary>What the answer says.</summary>
    public async Task<string> AskAsync(string user) =>
        (await Get<IRecommender>().RecommendAsync(new RecommendationRequest(new UserId(user), 5, _strategy.Name), Cancel)).Strategy;

    public async Task InvalidateAsync(params string[] users) =>
        await Get<IAnswerInvalidation>().InvalidateAsync([.. users.Select(user => new UserId(user))], Cancel);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private sealed class FixedAnswerStrategy : IRecommendationStrategy
    {
        public string Name => "saying";

        public string AnswerText { get; set; } = "";

        public ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new Recommendation(request.UserId.Value, AnswerText, RecommendationBasis.Popular, [], []));
    }
}
