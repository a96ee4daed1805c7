namespace Marketing.Domain.Ports;

/// <summary>An indexed message near a query vector.</summary>
/// <param name="Id">The chat's event id.</param>
/// <param name="UserId">The sender.</param>
/// <param name="Similarity">Cosine similarity, -1 to 1.</param>
public readonly record struct VectorMatch(EventId Id, UserId UserId, float Similarity);
