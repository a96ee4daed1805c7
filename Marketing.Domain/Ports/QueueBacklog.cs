namespace Marketing.Domain.Ports;

/// <summary>How far the projections are behind the log.</summary>
/// <param name="Pending">Interactions not yet applied, leased ones included.</param>
/// <param name="OldestAppendedAt">When the oldest of them was appended; null when none is pending.</param>
public sealed record QueueBacklog(long Pending, DateTimeOffset? OldestAppendedAt);
