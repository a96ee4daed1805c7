namespace Marketing.Domain.Ports;

/// <summary>How much the log holds.</summary>
/// <param name="Total">Interactions of every type.</param>
/// <param name="ByType">Interactions of each type that occurs.</param>
/// <param name="ChatsWithText">Chats whose text retention has not removed: as many as can have a vector.</param>
/// <param name="Users">Distinct users.</param>
public sealed record LogStatistics(
    long Total, IReadOnlyDictionary<InteractionType, long> ByType, long ChatsWithText, long Users);
