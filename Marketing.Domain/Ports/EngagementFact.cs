namespace Marketing.Domain.Ports;

/// <summary>One interaction with a campaign, as sent to the engagement store.</summary>
public readonly record struct EngagementFact(
    EventId Id, UserId UserId, CampaignId CampaignId, InteractionType Type, DateTimeOffset OccurredAt);
