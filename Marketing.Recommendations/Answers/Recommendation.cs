using System.ComponentModel;
using System.Text.Json.Serialization;
using Marketing.Domain;

namespace Marketing.Recommendations.Answers;

/// <summary>The answer for one user. Immutable, so that the cache may hand the same instance to everybody.</summary>
/// <param name="UserId">For whom.</param>
/// <param name="Strategy">The strategy that answered.</param>
/// <param name="Basis">What the answer rests on.</param>
/// <param name="Campaigns">Best first.</param>
/// <param name="Degraded">Steps that did not contribute because their store failed or ran over its budget, by name: <c>vectors</c>, <c>graph</c>, <c>engagement</c>, <c>catalog</c>. Empty when all is well.</param>
[ImmutableObject(true)]
public sealed record Recommendation(
    string UserId,
    string Strategy,
    RecommendationBasis Basis,
    IReadOnlyList<RecommendedCampaign> Campaigns,
    IReadOnlyList<string> Degraded)
{
    /// <summary>The next moment at which time alone changes what may be shown to the user: a campaign starts or ends, or a frequency cap opens. Null: none is known.</summary>
    [JsonIgnore]
    public DateTimeOffset? ValidUntil { get; init; }
}
