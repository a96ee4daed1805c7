using System.ComponentModel;
using Marketing.Domain;
using Marketing.Recommendations.Ranking;

namespace Marketing.Recommendations.Answers;

/// <summary>A campaign in an answer.</summary>
/// <param name="CampaignId">Which.</param>
/// <param name="Name">What marketers call it; null when it is not in the catalog.</param>
/// <param name="Score">Comparable within one answer only; higher is better.</param>
/// <param name="Reason">One sentence for a person.</param>
/// <param name="Evidence">Where the score comes from; only when an explanation was asked for.</param>
[ImmutableObject(true)]
public sealed record RecommendedCampaign(
    string CampaignId, string? Name, double Score, string Reason, RecommendationEvidence? Evidence);
