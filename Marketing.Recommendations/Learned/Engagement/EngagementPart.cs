using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>Campaign engagement in memory.</summary>
/// <param name="Campaigns">Every campaign with interactions.</param>
/// <param name="PriorRate">The overall rate, which is also the rate of a campaign without exposures.</param>
/// <param name="PriorExposures">The weight of the prior, in exposures.</param>
/// <param name="ReadAt">When the counts were read.</param>
internal sealed record EngagementPart(
    Dictionary<CampaignId, CampaignEngagement> Campaigns, float PriorRate, float PriorExposures, DateTimeOffset ReadAt);

/// <summary>Engagement of one campaign.</summary>
/// <param name="Count">All interactions to date.</param>
/// <param name="Rate">Value per exposure, shrunk and time-decayed, 0 to 1.</param>
/// <param name="Volume">Total value of clicks and conversions, time-decayed.</param>
/// <param name="Exposures">Number of exposures, time-decayed; the denominator of the rate.</param>
/// <param name="Demand">Expected volume: the campaign's own plus, while it has few exposures, that of similar campaigns.</param>
/// <param name="Trend">Smoothed ratio of the last day's activity to an average day of the week before; 1 means no change.</param>
internal readonly record struct CampaignEngagement(CampaignCount Count, float Rate, float Volume, float Exposures, float Demand, float Trend);
