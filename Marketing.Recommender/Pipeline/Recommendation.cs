using System.ComponentModel;

namespace Marketing.Recommender.Pipeline;

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
    IReadOnlyList<string> Degraded);
