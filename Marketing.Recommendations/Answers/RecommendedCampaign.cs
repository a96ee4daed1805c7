using System.ComponentModel;

namespace Marketing.Recommendations.Answers;

/// <summary>A recommended campaign.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Name">The display name; null if the campaign is not in the catalog.</param>
/// <param name="Score">Higher is better; comparable within one answer only.</param>
/// <param name="Reason">A one-sentence explanation for people.</param>
/// <param name="Evidence">Where the score comes from; only if requested.</param>
[ImmutableObject(true)]
public sealed record RecommendedCampaign(
    string CampaignId, string? Name, double Score, string Reason, RecommendationEvidence? Evidence);
