using Marketing.Domain;
using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations;

/// <summary>What the API calls: the strategies behind the look-aside cache.</summary>
public interface IRecommender
{
    /// <summary>The names of the strategies.</summary>
    IReadOnlyList<string> Strategies { get; }

    /// <summary>The strategy for a request that names none.</summary>
    string DefaultStrategy { get; }

    /// <summary>Answers from the cache or else from the strategy. Concurrent questions for the same answer wait for one computation.</summary>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken);

    /// <summary>The users whose messages are nearest to the user's last one, best first; empty when the user never chatted.</summary>
    ValueTask<IReadOnlyList<SimilarUser>> SimilarUsersAsync(UserId userId, int count, CancellationToken cancellationToken);
}
