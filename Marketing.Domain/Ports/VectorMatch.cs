namespace Marketing.Domain.Ports;

/// <summary>An indexed message near a query.</summary>
/// <param name="Id">The event id of the chat.</param>
/// <param name="UserId">Who said it.</param>
/// <param name="Similarity">Cosine, -1 to 1.</param>
public readonly record struct VectorMatch(EventId Id, UserId UserId, float Similarity);
