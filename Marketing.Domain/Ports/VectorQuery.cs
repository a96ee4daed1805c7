namespace Marketing.Domain.Ports;

/// <summary>A nearest-neighbor query.</summary>
/// <param name="Vector">Unit length, with the index's dimensions.</param>
/// <param name="Count">Number of messages to return, 1 to 1,000.</param>
/// <param name="ExcludeUser">Leaves out this user's messages; null excludes no one.</param>
/// <param name="CampaignId">Only messages that name this campaign; null means all.</param>
public sealed record VectorQuery(
    ReadOnlyMemory<float> Vector, int Count, UserId? ExcludeUser = null, CampaignId? CampaignId = null);
