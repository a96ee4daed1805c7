using System.Buffers;
using Marketing.Domain;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Learned.Profiles;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Recall.Behaviour;

/// <summary>
/// Campaigns of which no item-item weight speaks, because nobody turned to them yet or because they are beyond
/// <see cref="ItemItemOptions.MaxCampaigns"/>: judged by the campaigns that are about the same.
/// </summary>
internal static class ColdStartCampaigns
{
    /// <summary>Scores them by the mean of what the similar ones are to the user; false when that is nothing.</summary>
    /// <param name="context">What was read.</param>
    /// <param name="strength">How much the user wanted what they did.</param>
    /// <param name="familiarity">What a campaign at least is to a user who converted on it.</param>
    /// <param name="scores">By ordinal; those of all other campaigns are there.</param>
    public static bool Score(RecommendationContext context, InteractionStrength strength, float familiarity, Span<float> scores)
    {
        if (context.Models.Profiles is not { } profiles)
        {
            return false;
        }

        // Apart from the scores: that the user did this already is no reason to show it again.
        var buffer = ArrayPool<float>.Shared.Rent(scores.Length);
        scores.CopyTo(buffer);
        for (var i = 0; i < context.OwnEdges.Count; i++)
        {
            var edge = context.OwnEdges[i];
            var ordinal = context.Models.Campaigns.OrdinalOf(edge.CampaignId);
            if (ordinal >= 0 && context.Models.Touched[ordinal])
            {
                buffer[ordinal] = Math.Max(buffer[ordinal], familiarity * strength.Of(edge));
            }
        }

        var any = Score(profiles.Alike, context.Models.Touched, buffer, scores);
        ArrayPool<float>.Shared.Return(buffer);
        return any;
    }

    private static bool Score(SimilarCampaigns alike, bool[] touched, ReadOnlySpan<float> known, Span<float> scores)
    {
        var any = false;
        for (var ordinal = 0; ordinal < touched.Length; ordinal++)
        {
            if (touched[ordinal])
            {
                continue;
            }

            float sum = 0, weights = SimilarCampaigns.Unlike;
            foreach (var (other, weight) in alike.To(ordinal))
            {
                if (touched[other])
                {
                    sum += weight * known[other];
                    weights += weight;
                }
            }

            scores[ordinal] = sum / weights;
            any |= sum > 0;
        }

        return any;
    }
}
