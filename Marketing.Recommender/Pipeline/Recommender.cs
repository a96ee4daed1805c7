using Marketing.Recommender.Model;
using Marketing.Recommender.Models;
using Marketing.Recommender.Pipeline.Steps;
using Marketing.Recommender.Ports;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Pipeline;

/// <summary>The strategies behind a look-aside cache, keyed by the question and tagged by the user.</summary>
internal sealed class Recommender : IRecommender
{
    private readonly Dictionary<string, IRecommendationStrategy> _strategies;
    private readonly HybridCache _cache;
    private readonly IVectorIndex _vectors;
    private readonly ModelHolder _models;
    private readonly HybridCacheEntryOptions _entry;
    private readonly HybridCacheEntryOptions _degradedEntry;

    public Recommender(
        IEnumerable<IRecommendationStrategy> strategies,
        HybridCache cache,
        IVectorIndex vectors,
        ModelHolder models,
        IOptions<PipelineOptions> options)
    {
        _strategies = strategies.ToDictionary(strategy => strategy.Name, StringComparer.Ordinal);
        Strategies = [.. _strategies.Keys];
        _cache = cache;
        _vectors = vectors;
        _models = models;
        _entry = new HybridCacheEntryOptions { Expiration = options.Value.CacheDuration };
        _degradedEntry = new HybridCacheEntryOptions { Expiration = options.Value.DegradedCacheDuration };
    }

    public IReadOnlyList<string> Strategies { get; }

    public async ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Limit);
        if (!_strategies.TryGetValue(request.Strategy, out var strategy))
        {
            throw new ArgumentException(
                $"There is no strategy '{request.Strategy}'; there are {string.Join(", ", Strategies)}.", nameof(request));
        }

        var question = new CacheQuestion(strategy, request);
        string[] tags = [TagOf(request.UserId)];
        var key = $"recommendation/{request.Strategy}/{request.Limit}/{(request.Explain ? 1 : 0)}/{request.UserId.Value}";
        var answer = await _cache.GetOrCreateAsync(
            key, question, static (question, token) => question.ComputeAsync(token), _entry, tags, cancellationToken);
        if (question.Computed && answer.Degraded.Count > 0)
        {
            await _cache.SetAsync(key, answer, _degradedEntry, tags, cancellationToken);
        }

        RecommenderDiagnostics.Answers.Add(
            1, new("strategy", strategy.Name), new("cache", question.Computed ? "miss" : "hit"));
        return answer;
    }

    public async ValueTask<IReadOnlyList<SimilarUser>> SimilarUsersAsync(
        UserId userId, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var messages = await _vectors.LatestAsync(userId, 1, cancellationToken);
        return QueryVector.Of(messages, discount: 0) is { } vector
            ? await NeighbourSearch.NearestUsersAsync(_vectors, vector, userId, count, cancellationToken) ?? []
            : [];
    }

    public ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        // Whatever makes answers old was an interaction, or an erasure: the counts moved too.
        _models.NoteEngagementChanged();
        return _cache.RemoveByTagAsync(users.Select(TagOf), cancellationToken);
    }

    // The prefix keeps a user called "*" from being the wildcard.
    private static string TagOf(UserId user) => "user/" + user.Value;
}
