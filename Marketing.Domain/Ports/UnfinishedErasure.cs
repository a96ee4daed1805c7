namespace Marketing.Domain.Ports;

/// <summary>A user who is gone from the log and may still be in a projection.</summary>
/// <param name="UserId">Who.</param>
/// <param name="ErasedAt">When the log forgot them, UTC, to the millisecond.</param>
public readonly record struct UnfinishedErasure(UserId UserId, DateTimeOffset ErasedAt);
