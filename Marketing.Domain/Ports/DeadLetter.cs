namespace Marketing.Domain.Ports;

/// <summary>An interaction or raw input that could not be ingested or projected.</summary>
/// <param name="Id">The dead letter's id, derived from source and content.</param>
/// <param name="Source">Where it came from: <c>projection:NAME</c>, <c>kafka</c> or <c>file:NAME</c>.</param>
/// <param name="Error">The reason, without any chat text.</param>
/// <param name="FailedAt">When it failed.</param>
/// <param name="EventId">The interaction, if it reached the log.</param>
/// <param name="UserId">The user, if known.</param>
/// <param name="Payload">The raw input, if it never reached the log; personal data.</param>
public sealed record DeadLetter(
    string Id, string Source, string Error, DateTimeOffset FailedAt, EventId? EventId, UserId? UserId, string? Payload);
