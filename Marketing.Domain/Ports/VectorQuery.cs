namespace Marketing.Domain.Ports;

/// <summary>A nearest-neighbour question.</summary>
/// <param name="Vector">Unit length; as many components as the index has dimensions.</param>
/// <param name="Count">How many messages are wanted, 1 to 1,000.</param>
/// <param name="ExcludeUser">Leave this user's own messages out; null: none.</param>
/// <param name="CampaignId">Only messages that named this campaign; null: all.</param>
public sealed record VectorQuery(
    ReadOnlyMemory<float> Vector, int Count, UserId? ExcludeUser = null, CampaignId? CampaignId = null);
