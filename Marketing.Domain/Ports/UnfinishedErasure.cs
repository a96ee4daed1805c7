namespace Marketing.Domain.Ports;

/// <summary>A user who is erased from the log but may still be in a projection.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ErasedAt">When the user was erased from the log, in UTC, to the millisecond.</param>
public readonly record struct UnfinishedErasure(UserId UserId, DateTimeOffset ErasedAt);
