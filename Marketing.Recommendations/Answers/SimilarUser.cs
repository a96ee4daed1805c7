using Marketing.Domain;

namespace Marketing.Recommendations.Answers;

/// <summary>A user whose message is near another's.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Similarity">Cosine of the nearest pair of messages, -1 to 1.</param>
/// <param name="MessageId">The event id of that user's nearest message.</param>
public readonly record struct SimilarUser(UserId UserId, float Similarity, EventId MessageId);
