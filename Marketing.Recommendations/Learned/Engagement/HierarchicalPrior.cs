using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>
/// A hierarchical prior: shrinks each campaign's rate toward that of similar campaigns, and theirs toward the overall rate. A
/// cold-start campaign starts at the rate of similar campaigns, and its own exposures soon outweigh them.
/// </summary>
internal static class HierarchicalPrior
{
    /// <summary>Replaces the rates that were shrunk toward the overall rate, and the demand.</summary>
    /// <param name="engagement">By ordinal.</param>
    /// <param name="alike">The similar campaigns of each campaign.</param>
    /// <param name="part">Provides the overall rate.</param>
    public static void Apply(CampaignEngagement[] engagement, SimilarCampaigns alike, EngagementPart part)
    {
        // Volumes and exposures do not change, so the order of replacement does not matter.
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
