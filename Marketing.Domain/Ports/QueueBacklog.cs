namespace Marketing.Domain.Ports;

/// <summary>How far the projections lag behind the log.</summary>
/// <param name="Pending">Interactions not yet applied, including leased ones.</param>
/// <param name="OldestAppendedAt">When the oldest pending interaction was appended; null if none is pending.</param>
public sealed record QueueBacklog(long Pending, DateTimeOffset? OldestAppendedAt);
