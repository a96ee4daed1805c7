using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>What is kept in memory of how campaigns do.</summary>
/// <param name="Campaigns">Each campaign that anything happened to.</param>
/// <param name="PriorRate">The overall rate, which a campaign without exposures has.</param>
/// <param name="PriorExposures">How many exposures a prior is worth.</param>
/// <param name="ReadAt">When it was read.</param>
internal sealed record EngagementPart(
    Dictionary<CampaignId, CampaignEngagement> Campaigns, float PriorRate, float PriorExposures, DateTimeOffset ReadAt);
