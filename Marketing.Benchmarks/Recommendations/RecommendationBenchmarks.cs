using BenchmarkDotNet.Attributes;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Strategies;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Benchmarks.Recommendations;

/// <summary>Measures in-process recommendations, each for a different user, and the store queries they consist of.</summary>
[MemoryDiagnoser]
public class RecommendationBenchmarks
{
    private const int Campaigns = 1_000;

    private RecommendationWorld _world = null!;
    private IRecommender _recommender = null!;
    private IRecommendationStrategy _hybrid = null!;
    private IRecommendationStrategy _classic = null!;
    private IVectorIndex _vectors = null!;
    private IInteractionGraph _graph = null!;
    private ReadOnlyMemory<float> _vector;
    private UserId[] _forty = [];
    private int _next;

    [Params(10_000)]
    public int Users { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _world = await RecommendationWorld.CreateAsync(Users, Campaigns);
        _recommender = _world.Services.GetRequiredService<IRecommender>();
        var strategies = _world.Services.GetServices<IRecommendationStrategy>().ToDictionary(strategy => strategy.Name);
        (_hybrid, _classic) = (strategies["hybrid"], strategies["classic"]);
        _vectors = _world.Services.GetRequiredService<IVectorIndex>();
        _graph = _world.Services.GetRequiredService<IInteractionGraph>();
        _vector = (await _vectors.LatestAsync(new UserId("u-0"), 1, default))[0].Vector;
        _forty = [.. Enumerable.Range(0, 40).Select(i => new UserId($"u-{i * 50}"))];
        await _recommender.RecommendAsync(Question("u-0", "hybrid"), default);
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _world.DisposeAsync();

    [Benchmark(Baseline = true)]
    public ValueTask<Recommendation> Hybrid() => _hybrid.RecommendAsync(NextQuestion("hybrid"), default);

    [Benchmark]
    public ValueTask<Recommendation> Classic() => _classic.RecommendAsync(NextQuestion("classic"), default);

    [Benchmark]
    public ValueTask<Recommendation> Cached() => _recommender.RecommendAsync(Question("u-0", "hybrid"), default);

    [Benchmark]
    public ValueTask<IReadOnlyList<VectorMatch>> VectorSearch() =>
        _vectors.SearchAsync(new VectorQuery(_vector, 160, new UserId("u-0")), default);

    [Benchmark]
    public ValueTask<IReadOnlyList<CampaignEdge>> FortyUsersEdges() => _graph.EdgesAsync(_forty, 30, default);

    private RecommendationRequest NextQuestion(string strategy) =>
        Question($"u-{_next = (_next + 7919) % Users}", strategy);

    private static RecommendationRequest Question(string user, string strategy) => new(new UserId(user), 5, strategy);
}
