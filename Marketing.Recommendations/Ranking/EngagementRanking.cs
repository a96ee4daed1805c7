using Marketing.Recommendations.Learned.Engagement;

namespace Marketing.Recommendations.Ranking;

/// <summary>
/// Scales relevance by a campaign's engagement relative to the overall rate, so that campaigns with low engagement move down.
/// </summary>
internal static class EngagementRanking
{
    /// <param name="scores">Blended scores by ordinal, scaled in place; negative scores are scaled inversely.</param>
    /// <param name="engagement">By ordinal.</param>
    /// <param name="priorRate">The overall rate; if 0, nothing is known and nothing changes.</param>
    /// <param name="influence">See <see cref="RankingOptions.EngagementInfluence"/>.</param>
    public static void Apply(Span<float> scores, ReadOnlySpan<CampaignEngagement> engagement, float priorRate, float influence)
    {
        if (priorRate <= 0 || influence == 0)
        {
            return;
        }

        for (var i = 0; i < scores.Length; i++)
        {
            // 0 without engagement, 1/2 at the overall rate, approaching 1 above it; then mapped to -1 to 1.
            var lift = (2 * engagement[i].Rate / (engagement[i].Rate + priorRate)) - 1;
            scores[i] *= scores[i] >= 0 ? 1 + (influence * lift) : 1 - (influence * lift);
        }
    }
}
