using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Caching;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Strategies;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations;

/// <summary>The strategies behind the look-aside cache.</summary>
internal sealed class Recommender : IRecommender
{
    private readonly Dictionary<string, IRecommendationStrategy> _strategies;
    private readonly AnswerCache _answers;
    private readonly IVectorIndex _vectors;
    private readonly ModelHolder _models;

    public Recommender(
        IEnumerable<IRecommendationStrategy> strategies,
        AnswerCache answers,
        IVectorIndex vectors,
        ModelHolder models,
        IOptions<StrategyOptions> options)
    {
        _strategies = strategies.ToDictionary(strategy => strategy.Name, StringComparer.Ordinal);
        Strategies = [.. _strategies.Keys];
        DefaultStrategy = options.Value.DefaultStrategy;
        _answers = answers;
        _vectors = vectors;
        _models = models;
    }

    public IReadOnlyList<string> Strategies { get; }

    public string DefaultStrategy { get; }

    public async ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Limit);
        if (!_strategies.TryGetValue(request.Strategy, out var strategy))
        {
            throw new ArgumentException(
                $"Unknown strategy '{request.Strategy}'; it must be one of {string.Join(", ", Strategies)}.", nameof(request));
        }

        using var span = RecommenderDiagnostics.Activities.StartActivity("recommend");
        var (answer, computed) = await _answers.GetAsync(strategy, request, span, cancellationToken);
        RecommenderDiagnostics.Describe(span, answer);
        RecommenderDiagnostics.Answers.Add(1, new("strategy", strategy.Name), new("cache", computed ? "miss" : "hit"));
        return answer;
    }

    public async ValueTask<IReadOnlyList<SimilarUser>> SimilarUsersAsync(
        UserId userId, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var messages = await _vectors.LatestAsync(userId, 1, cancellationToken);
        return QueryVector.Of(messages, discount: 0) is { } vector
            && await NeighborSearch.NearestUsersAsync(_vectors, vector, userId, count, cancellationToken) is { } nearest
            ? MessageEvidence.Of(messages, _models.Current.Profiles).Similar(nearest)
            : [];
    }
}
