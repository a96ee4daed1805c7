using Marketing.Domain;

namespace Marketing.Recommendations.Answers;

/// <summary>A request for recommendations for one user.</summary>
/// <param name="UserId">The user; may be unknown.</param>
/// <param name="Limit">Maximum number of campaigns.</param>
/// <param name="Strategy">The name of a registered strategy.</param>
/// <param name="Explain">Whether to include evidence for each campaign.</param>
public sealed record RecommendationRequest(UserId UserId, int Limit, string Strategy, bool Explain = false);
