using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>How one campaign does.</summary>
/// <param name="Count">Everything that happened to it until now.</param>
/// <param name="Rate">Value an exposure, shrunk and time-decayed, 0 to 1.</param>
/// <param name="Volume">Value in all, time-decayed: clicks and conversions by what they are worth.</param>
/// <param name="Exposures">How often it was seen, time-decayed: what <see cref="Volume"/> is over.</param>
/// <param name="Demand">The volume to be expected of it: its own, and while few have seen it that of the campaigns that are about the same.</param>
/// <param name="Trend">Activity of the last day over that of an average day of the week before, smoothed; 1 is as usual.</param>
internal readonly record struct CampaignEngagement(CampaignCount Count, float Rate, float Volume, float Exposures, float Demand, float Trend);
