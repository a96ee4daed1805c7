using System.Diagnostics;
using Marketing.Domain;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Strategies;

namespace Marketing.Recommendations.Caching;

/// <summary>A question on its way through the cache; tells afterwards whether it had to be computed.</summary>
/// <param name="strategy">Who computes the answer.</param>
/// <param name="request">The question.</param>
/// <param name="recent">Where it is noted whose answers there may be.</param>
/// <param name="options">How long an answer is kept.</param>
/// <param name="time">The clock that campaigns start and end by.</param>
/// <param name="span">
/// What the steps are part of: the recommendation's span, or, of a trace that is not kept, what is current, so that they are not
/// kept either. Null when nobody listens.
/// </param>
internal sealed class AnswerComputation(
    IRecommendationStrategy strategy,
    RecommendationRequest request,
    RecentUsers recent,
    PipelineOptions options,
    TimeProvider time,
    Activity? span)
{
    /// <summary>Computed so often, an answer is given as it is: who does more than one thing in the time of an answer may get one of before.</summary>
    private const int Attempts = 3;

    private RecentUsers.Mark? _mark;
    private int _seen;

    public bool Computed => _mark is not null;

    /// <summary>Whether what the answer was computed from has changed since.</summary>
    public bool IsStale => _mark is not null && _mark.Count != _seen;

    public async ValueTask<CachedAnswer> ComputeAsync(CancellationToken cancellationToken)
    {
        // Before anything is read: an invalidation from now on concerns this answer.
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

    /// <summary>One that misses a store's contribution is kept only for a moment, and none beyond the next change of what may be shown.</summary>
    private DateTimeOffset ValidUntil(Recommendation answer, DateTimeOffset computedAt)
    {
        var latest = computedAt + (answer.Degraded.Count > 0 ? options.DegradedCacheDuration : options.CacheDuration);
        return answer.ValidUntil < latest ? answer.ValidUntil.Value : latest;
    }

    /// <summary>The cache computes on another thread and takes no context there: without this the steps would have no parent.</summary>
    private async ValueTask<Recommendation> ComputeWithinAsync(Activity parent, CancellationToken cancellationToken)
    {
        Activity.Current = parent;
        return await strategy.RecommendAsync(request, cancellationToken);
    }
}
