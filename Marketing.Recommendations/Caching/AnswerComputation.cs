using System.Diagnostics;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Strategies;

namespace Marketing.Recommendations.Caching;

/// <summary>One cache lookup, which records whether the answer had to be computed.</summary>
/// <param name="strategy">Computes the answer.</param>
/// <param name="request">The request.</param>
/// <param name="recent">Tracks which users may have cached answers.</param>
/// <param name="options">Cache durations.</param>
/// <param name="time">The clock for campaign start and end.</param>
/// <param name="span">
/// Parent of the step spans: the recommendation's span or, if its trace is not recorded, the current one, so that the steps
/// are not recorded either. Null if nothing listens.
/// </param>
internal sealed class AnswerComputation(
    IRecommendationStrategy strategy,
    RecommendationRequest request,
    RecentUsers recent,
    PipelineOptions options,
    TimeProvider time,
    Activity? span)
{
    /// <summary>After this many computations an answer is returned even if it is stale, because the user keeps interacting.</summary>
    private const int Attempts = 3;

    private RecentUsers.Mark? _mark;
    private int _seen;

    public bool Computed => _mark is not null;

    /// <summary>Whether the user's data changed since the answer was computed.</summary>
    public bool IsStale => _mark is not null && _mark.Count != _seen;

    public async ValueTask<CachedAnswer> ComputeAsync(CancellationToken cancellationToken)
    {
        // Mark before reading anything, so that any later invalidation is seen.
        _mark = recent.Add(request.UserId);
        for (var attempt = 1; ; attempt++)
        {
            _seen = _mark.Count;
            var computedAt = time.GetUtcNow();
            var answer = span is null
                ? await strategy.RecommendAsync(request, cancellationToken)
                : await ComputeWithinAsync(span, cancellationToken);
            if (!IsStale || attempt == Attempts)
            {
                return new CachedAnswer(answer, computedAt, ValidUntil(answer, computedAt));
            }
        }
    }

    /// <summary>A degraded answer expires early, and every answer expires when time next changes what the user may be shown.</summary>
    private DateTimeOffset ValidUntil(Recommendation answer, DateTimeOffset computedAt)
    {
        var latest = computedAt + (answer.Degraded.Count > 0 ? options.DegradedCacheDuration : options.CacheDuration);
        return answer.ValidUntil < latest ? answer.ValidUntil.Value : latest;
    }

    /// <summary>The cache computes on another thread without the ambient context, so the steps would have no parent span.</summary>
    private async ValueTask<Recommendation> ComputeWithinAsync(Activity parent, CancellationToken cancellationToken)
    {
        Activity.Current = parent;
        return await strategy.RecommendAsync(request, cancellationToken);
    }
}
