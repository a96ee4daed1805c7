using System.Buffers;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Learned.Profiles;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Recall.Behaviour;

/// <summary>
/// Scores campaigns without item-item weights, because they are cold-start campaigns or beyond
/// <see cref="ItemItemOptions.MaxCampaigns"/>, by their similar campaigns.
/// </summary>
internal static class ColdStartCampaigns
{
    /// <summary>Writes the weighted mean of the similar campaigns' scores; returns false if all are zero or less.</summary>
    /// <param name="context">The data read for this answer.</param>
    /// <param name="strength">Strength of the user's interactions.</param>
    /// <param name="familiarity">Minimum score of a campaign the user converted on.</param>
    /// <param name="scores">By ordinal; all other campaigns are already scored.</param>
    public static bool Score(RecommendationContext context, InteractionStrength strength, float familiarity, Span<float> scores)
    {
        if (context.Models.Profiles is not { } profiles)
        {
            return false;
        }

        // Use a copy, because an interaction with a campaign is no reason to show that campaign again.
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
