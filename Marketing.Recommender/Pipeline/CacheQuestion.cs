namespace Marketing.Recommender.Pipeline;

/// <summary>A question on its way through the cache; tells afterwards whether it had to be computed.</summary>
internal sealed class CacheQuestion(IRecommendationStrategy strategy, RecommendationRequest request)
{
    public bool Computed { get; private set; }

    public ValueTask<Recommendation> ComputeAsync(CancellationToken cancellationToken)
    {
        Computed = true;
        return strategy.RecommendAsync(request, cancellationToken);
    }
}
