using System.Collections.Concurrent;
using Marketing.Recommender.Model;
using Marketing.Recommender.Pipeline;

namespace Marketing.Tests.Projections;

/// <summary>Stands where the cache would, and remembers whose answers were dropped.</summary>
internal sealed class UncachedRecommender : IRecommender
{
    public ConcurrentBag<UserId> Invalidated { get; } = [];

    public int AllInvalidated { get; private set; }

    public IReadOnlyList<string> Strategies => [];

    public ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SimilarUser>> SimilarUsersAsync(UserId userId, int count, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            Invalidated.Add(user);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask InvalidateAllAsync(CancellationToken cancellationToken)
    {
        AllInvalidated++;
        return ValueTask.CompletedTask;
    }
}
