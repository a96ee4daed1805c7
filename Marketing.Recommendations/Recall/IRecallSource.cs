using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Recall;

/// <summary>Scores campaigns for a user by one kind of evidence, as a pure function of the data read.</summary>
internal interface IRecallSource
{
    /// <summary>The source's name in explanations.</summary>
    string Name { get; }

    /// <summary>The basis of an answer to which this source contributes.</summary>
    RecommendationBasis Basis { get; }

    /// <summary>Weight of this source in the blend; 0 turns it off.</summary>
    float Weight { get; }

    /// <summary>Scores campaigns by ordinal: 0 is neutral, about 1 the maximum, and negative scores count against a campaign.</summary>
    /// <param name="context">The data read for this answer.</param>
    /// <param name="scores">Initially zero.</param>
    /// <returns>False if the source has nothing for this user; the scores are then still zero.</returns>
    bool Score(RecommendationContext context, Span<float> scores);

    /// <summary>The reason shown when this source contributed most to a campaign, from the figures of the context.</summary>
    string ReasonFor(RecommendationContext context, int ordinal);
}
