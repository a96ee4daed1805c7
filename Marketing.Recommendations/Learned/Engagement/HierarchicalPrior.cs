using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>
/// Shrinks the rate of each campaign towards that of the campaigns that are about the same, and theirs towards the overall rate: a
/// hierarchical prior. A campaign that nobody has seen yet starts where its likes are, and its own exposures soon outweigh them.
/// </summary>
internal static class HierarchicalPrior
{
    /// <summary>Replaces the rates that were shrunk towards the overall rate, and the demand.</summary>
    /// <param name="engagement">By ordinal.</param>
    /// <param name="alike">Which campaigns are about the same.</param>
    /// <param name="part">Where the overall rate is from.</param>
    public static void Apply(CampaignEngagement[] engagement, SimilarCampaigns alike, EngagementPart part)
    {
        // Volumes and exposures stay as they are, so that the order in which rates are replaced does not matter.
        for (var ordinal = 0; ordinal < engagement.Length; ordinal++)
        {
            float volume = 0, exposures = 0, weights = SimilarCampaigns.Unlike;
            foreach (var (other, weight) in alike.To(ordinal))
            {
                volume += weight * engagement[other].Volume;
                exposures += weight * engagement[other].Exposures;
                weights += weight;
            }

            var prior = EngagementRate.Shrunk(volume, exposures, part.PriorRate, part.PriorExposures);
            ref var own = ref engagement[ordinal];
            var unseen = part.PriorExposures / Math.Max(own.Exposures + part.PriorExposures, float.Epsilon);
            own = own with
            {
                Rate = (float)EngagementRate.Shrunk(own.Volume, own.Exposures, prior, part.PriorExposures),
                Demand = own.Volume + (unseen * volume / weights),
            };
        }
    }
}
