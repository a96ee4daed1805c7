using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations.Strategies;

/// <summary>A recommendation strategy; adding one takes a class and one line of registration.</summary>
public interface IRecommendationStrategy
{
    /// <summary>The name by which callers select the strategy.</summary>
    string Name { get; }

    /// <summary>Computes an answer, uncached; a store outage does not throw but is reported in the answer.</summary>
    ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken);
}
