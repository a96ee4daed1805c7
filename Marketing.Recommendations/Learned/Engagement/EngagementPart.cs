using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>Campaign engagement in memory.</summary>
/// <param name="Campaigns">Every campaign with interactions.</param>
/// <param name="PriorRate">The overall rate, which is also the rate of a campaign without exposures.</param>
/// <param name="PriorExposures">The weight of the prior, in exposures.</param>
/// <param name="ReadAt">When the counts were read.</param>
internal sealed record EngagementPart(
    Dictionary<CampaignId, CampaignEngagement> Campaigns, float PriorRate, float PriorExposures, DateTimeOffset ReadAt);
