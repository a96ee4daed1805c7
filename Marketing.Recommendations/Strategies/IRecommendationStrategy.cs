using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations.Strategies;

/// <summary>A way from a user to campaigns. A new one is one class and one line of registration.</summary>
public interface IRecommendationStrategy
{
    /// <summary>The name that callers select it by.</summary>
    string Name { get; }

    /// <summary>Answers from the stores, uncached. Never throws because a store is down: the answer says what is missing.</summary>
    ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken);
}
