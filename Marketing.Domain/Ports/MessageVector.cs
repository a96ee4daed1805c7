namespace Marketing.Domain.Ports;

/// <summary>A chat message in the vector index, without its text.</summary>
/// <param name="Id">The chat's event id.</param>
/// <param name="UserId">The sender.</param>
/// <param name="CampaignId">The campaign the chat names, if any; used for filtering.</param>
/// <param name="OccurredAt">When the message was sent.</param>
/// <param name="Terms">32-bit hashes of the message's words and word pairs (<see cref="Text.TextTerms"/>), distinct and ascending. They match words without storing them. May be empty.</param>
/// <param name="Vector">Unit length, with the index's dimensions. When read from an index, exact to within its quantization error.</param>
public sealed record MessageVector(
    EventId Id,
    UserId UserId,
    CampaignId? CampaignId,
    DateTimeOffset OccurredAt,
    ReadOnlyMemory<float> Vector,
    ReadOnlyMemory<uint> Terms);
