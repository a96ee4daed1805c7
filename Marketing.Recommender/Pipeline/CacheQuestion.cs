using System.Diagnostics;

namespace Marketing.Recommender.Pipeline;

/// <summary>A question on its way through the cache; tells afterwards whether it had to be computed.</summary>
/// <param name="strategy">Who computes the answer.</param>
/// <param name="request">The question.</param>
/// <param name="recent">Where it is noted whose answers there may be.</param>
/// <param name="span">
/// What the steps are part of: the recommendation's span, or, of a trace that is not kept, what is current, so that they are not
/// kept either. Null when nobody listens.
/// </param>
internal sealed class CacheQuestion(
    IRecommendationStrategy strategy, RecommendationRequest request, RecentUsers recent, Activity? span)
{
    public bool Computed { get; private set; }

    public ValueTask<Recommendation> ComputeAsync(CancellationToken cancellationToken)
    {
        Computed = true;

        // Before anything is read: an invalidation from now on concerns this answer.
        recent.Add(request.UserId);
        return span is null ? strategy.RecommendAsync(request, cancellationToken) : ComputeWithinAsync(span, cancellationToken);
    }

    /// <summary>The cache computes on another thread and takes no context there: without this the steps would have no parent.</summary>
    private async ValueTask<Recommendation> ComputeWithinAsync(Activity parent, CancellationToken cancellationToken)
    {
        Activity.Current = parent;
        return await strategy.RecommendAsync(request, cancellationToken);
    }
}
