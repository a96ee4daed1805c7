using Marketing.Domain;

namespace Marketing.Recommendations.Answers;

/// <summary>A question for one user.</summary>
/// <param name="UserId">Whom to recommend to; need not be known.</param>
/// <param name="Limit">How many campaigns at most.</param>
/// <param name="Strategy">The name of a registered strategy.</param>
/// <param name="Explain">Whether each campaign comes with its evidence.</param>
public sealed record RecommendationRequest(UserId UserId, int Limit, string Strategy, bool Explain = false);
