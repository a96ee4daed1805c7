using Marketing.Domain;

namespace Marketing.Recommendations.Answers;

/// <summary>A user with a message similar to another user's.</summary>
/// <param name="UserId">The similar user.</param>
/// <param name="Similarity">Cosine similarity of the nearest pair of messages, -1 to 1.</param>
/// <param name="MessageId">Event id of the similar user's nearest message.</param>
public readonly record struct SimilarUser(UserId UserId, float Similarity, EventId MessageId);
