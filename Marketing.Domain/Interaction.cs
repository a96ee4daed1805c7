namespace Marketing.Domain;

/// <summary>One thing a user said or did, as stored in the log.</summary>
/// <param name="Id">The event id; derived from the content if the sender gives none.</param>
/// <param name="UserId">The user.</param>
/// <param name="Type">The type of interaction.</param>
/// <param name="CampaignId">The campaign; required for every type except <see cref="InteractionType.Chat"/>.</param>
/// <param name="Text">The message; required for <see cref="InteractionType.Chat"/>, otherwise null. Personal data. Also null after retention removes it.</param>
/// <param name="OccurredAt">When it happened, in UTC, to the millisecond.</param>
/// <param name="Properties">The sender's free-form JSON object, byte for byte; null if none was sent.</param>
public sealed record Interaction(
    EventId Id,
    UserId UserId,
    InteractionType Type,
    CampaignId? CampaignId,
    string? Text,
    DateTimeOffset OccurredAt,
    string? Properties = null)
{
    /// <summary>
    /// True during ingestion if the sender gave no time and <see cref="OccurredAt"/> is the time of receipt; not stored in the log.
    /// </summary>
    public bool IsTimedOnReceipt { get; init; }
}
