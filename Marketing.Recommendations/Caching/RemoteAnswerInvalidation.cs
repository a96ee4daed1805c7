using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Caching.Hybrid;

namespace Marketing.Recommendations.Caching;

/// <summary>Drops stale answers on behalf of a process that caches none itself: from the second level, and in the processes that answer.</summary>
internal sealed class RemoteAnswerInvalidation(HybridCache cache, IRecommenderChannel channel) : IAnswerInvalidation
{
    public async ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        await cache.RemoveByTagAsync(users.Select(AnswerCache.TagOf), cancellationToken);
        await channel.PublishStaleAsync(users, cancellationToken);
    }

    /// <summary>In the second level only: answers in the memory of another process expire.</summary>
    public ValueTask InvalidateAllAsync(CancellationToken cancellationToken) => cache.RemoveByTagAsync(AnswerCache.EveryTag, cancellationToken);
}
