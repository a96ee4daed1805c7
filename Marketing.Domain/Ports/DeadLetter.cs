namespace Marketing.Domain.Ports;

/// <summary>Something that was set aside.</summary>
/// <param name="Id">Its own identity, derived from source and content.</param>
/// <param name="Source">Where it came from: <c>projection:NAME</c>, <c>kafka</c>, <c>file:NAME</c>.</param>
/// <param name="Error">Why, without any chat text.</param>
/// <param name="FailedAt">When it was set aside.</param>
/// <param name="EventId">The interaction in the log, when it got that far.</param>
/// <param name="UserId">Whom it concerns, when known.</param>
/// <param name="Payload">The raw input, when it never got into the log; personal data.</param>
public sealed record DeadLetter(
    string Id, string Source, string Error, DateTimeOffset FailedAt, EventId? EventId, UserId? UserId, string? Payload);
