using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Recall;

/// <summary>A reason to recommend a campaign to a user, as a score. A pure function of what was read.</summary>
internal interface IRecallSource
{
    /// <summary>Its name in explanations.</summary>
    string Name { get; }

    /// <summary>What an answer rests on to which this source contributed.</summary>
    RecommendationBasis Basis { get; }

    /// <summary>What a score of 1 is worth in the blend. 0 switches the source off.</summary>
    float Weight { get; }

    /// <summary>Scores the campaigns by ordinal, 0 being indifferent and about 1 the most there can be. Negative speaks against.</summary>
    /// <param name="context">What was read.</param>
    /// <param name="scores">All zero.</param>
    /// <returns>False when it has nothing to say on this user; the scores are then still zero.</returns>
    bool Score(RecommendationContext context, Span<float> scores);

    /// <summary>The reason shown when this source contributed most to a campaign, from the figures of the context.</summary>
    string ReasonFor(RecommendationContext context, int ordinal);
}
