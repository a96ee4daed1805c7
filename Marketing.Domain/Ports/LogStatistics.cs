namespace Marketing.Domain.Ports;

/// <summary>The size of the log.</summary>
/// <param name="Total">Interactions of all types.</param>
/// <param name="ByType">Interactions per type, for types that occur.</param>
/// <param name="ChatsWithText">Chats that still have their text: the most that can have a vector.</param>
/// <param name="Users">Distinct users.</param>
public sealed record LogStatistics(
    long Total, IReadOnlyDictionary<InteractionType, long> ByType, long ChatsWithText, long Users);
