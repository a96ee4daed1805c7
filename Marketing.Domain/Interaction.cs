namespace Marketing.Domain;

/// <summary>One thing a person said or did, as it is kept in the log. Immutable.</summary>
/// <param name="Id">Its identity; derived from the content when the sender gave none.</param>
/// <param name="UserId">Who.</param>
/// <param name="Type">What.</param>
/// <param name="CampaignId">The campaign it concerns; required for all but <see cref="InteractionType.Chat"/>.</param>
/// <param name="Text">What was said; required for <see cref="InteractionType.Chat"/>, null otherwise. Personal data. Null too once retention has removed it.</param>
/// <param name="OccurredAt">When it happened, UTC, to the millisecond.</param>
/// <param name="Properties">The sender's free-form JSON object, byte for byte as it came; null when there was none.</param>
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
    /// True on the way in, when the sender gave no time and <see cref="OccurredAt"/> is the time of receipt. The log does not keep it.
    /// </summary>
    public bool IsTimedOnReceipt { get; init; }
}
