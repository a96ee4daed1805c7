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
