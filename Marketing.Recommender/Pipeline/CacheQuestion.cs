namespace Marketing.Recommender.Pipeline;

/// <summary>A question on its way through the cache; tells afterwards whether it had to be computed.</summary>
internal sealed class CacheQuestion(IRecommendationStrategy strategy, RecommendationRequest request, RecentUsers recent)
{
    public bool Computed { get; private set; }

    public ValueTask<Recommendation> ComputeAsync(CancellationToken cancellationToken)
    {
        Computed = true;

        // Before anything is read: an invalidation from now on concerns this answer.
        recent.Add(request.UserId);
        return strategy.RecommendAsync(request, cancellationToken);
    }
}
