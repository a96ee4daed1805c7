using Marketing.Domain.Text;

namespace Marketing.Domain.Ports;

/// <summary>A chat message as the vector index keeps it; never its text.</summary>
/// <param name="Id">The event id of the chat.</param>
/// <param name="UserId">Who said it.</param>
/// <param name="CampaignId">The campaign it named, if any; for filtering.</param>
/// <param name="OccurredAt">When it was said.</param>
/// <param name="Terms">32-bit hashes of the message's words and word pairs (<see cref="Text.TextTerms"/>), distinct and ascending: enough to match words without keeping them. May be empty.</param>
/// <param name="Vector">Unit length; as many components as the index has dimensions. As read from an index: within its quantisation error.</param>
public sealed record MessageVector(
    EventId Id,
    UserId UserId,
    CampaignId? CampaignId,
    DateTimeOffset OccurredAt,
    ReadOnlyMemory<float> Vector,
    ReadOnlyMemory<uint> Terms);
