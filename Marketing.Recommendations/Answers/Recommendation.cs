using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Marketing.Recommendations.Answers;

/// <summary>The answer for one user; immutable, so that the cache can share one instance.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Strategy">The strategy that produced the answer.</param>
/// <param name="Basis">What the answer is based on.</param>
/// <param name="Campaigns">The recommended campaigns, best first.</param>
/// <param name="Degraded">Stores that did not contribute because they failed or exceeded their time budget: <c>vectors</c>, <c>graph</c>, <c>engagement</c>, <c>catalog</c>. Empty for a complete answer.</param>
[ImmutableObject(true)]
public sealed record Recommendation(
    string UserId,
    string Strategy,
    RecommendationBasis Basis,
    IReadOnlyList<RecommendedCampaign> Campaigns,
    IReadOnlyList<string> Degraded)
{
    /// <summary>
    /// When time alone next changes what the user may be shown (a campaign starts or ends, or a frequency cap opens); null if unknown.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? ValidUntil { get; init; }
}

/// <summary>What a recommendation is based on, from most to least personal.</summary>
public enum RecommendationBasis
{
    /// <summary>The user's messages.</summary>
    Chat,

    /// <summary>The user's interactions, because there are no messages or they yield nothing.</summary>
    Behaviour,

    /// <summary>Overall popularity, because nothing is known about the user.</summary>
    Popular,
}

/// <summary>A recommended campaign.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Name">The display name; null if the campaign is not in the catalog.</param>
/// <param name="Score">Higher is better; comparable within one answer only.</param>
/// <param name="Reason">A one-sentence explanation for people.</param>
/// <param name="Evidence">Where the score comes from; only if requested.</param>
[ImmutableObject(true)]
public sealed record RecommendedCampaign(
    string CampaignId, string? Name, double Score, string Reason, RecommendationEvidence? Evidence);
