using Marketing.Domain;
using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations;

/// <summary>The recommendation strategies behind the look-aside cache, as the API calls them.</summary>
public interface IRecommender
{
    /// <summary>The names of the strategies.</summary>
    IReadOnlyList<string> Strategies { get; }

    /// <summary>The strategy for a request that names none.</summary>
    string DefaultStrategy { get; }

    /// <summary>Returns the cached answer, or computes it; concurrent requests for the same answer share one computation.</summary>
    /// <exception cref="ArgumentException">The strategy does not exist.</exception>
    ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the users whose messages are nearest to this user's last message, best first; empty if the user has never chatted.
    /// </summary>
    ValueTask<IReadOnlyList<SimilarUser>> SimilarUsersAsync(UserId userId, int count, CancellationToken cancellationToken);
}
