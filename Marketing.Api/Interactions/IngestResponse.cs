using Marketing.Projections.Ingestion;

namespace Marketing.Api.Interactions;

/// <summary>The result of an ingest request. Accepted interactions are durable.</summary>
/// <param name="Accepted">Interactions that are new in the log. With Kafka as the ingest queue: all interactions written to Kafka, new or
/// not.</param>
/// <param name="Duplicate">Interactions that are already in the log, or repeated within the request; nothing changed.</param>
/// <param name="Conflict">Interactions refused because the log has a different one with the same eventId; counts all, listed or
/// not.</param>
/// <param name="Erased">Interactions refused because they precede an erasure of the user.</param>
/// <param name="Rejected">Invalid interactions; counts all, listed or not.</param>
/// <param name="Rejections">The first invalid interactions, in order.</param>
/// <param name="Conflicts">The first conflicts, in order.</param>
internal sealed record IngestResponse(
    long Accepted,
    long Duplicate,
    long Conflict,
    long Erased,
    long Rejected,
    IReadOnlyList<RejectionResponse> Rejections,
    IReadOnlyList<RejectionResponse> Conflicts)
{
    public static IngestResponse From(IngestTally tally, bool lines) => new(
        tally.Accepted,
        tally.Duplicate,
        tally.Conflict,
        tally.Erased,
        tally.Rejected,
        [.. tally.Rejections.Select(rejection => RejectionResponse.From(rejection, lines))],
        [.. tally.Conflicts.Select(conflict => RejectionResponse.From(conflict, lines))]);
}

/// <summary>A refused interaction.</summary>
/// <param name="Index">The index in the array, from 0; absent for a stream.</param>
/// <param name="Line">The line in the stream, from 1; absent for JSON.</param>
/// <param name="Field">The invalid field; empty when the whole item is invalid.</param>
/// <param name="Message">What would be valid.</param>
internal sealed record RejectionResponse(long? Index, long? Line, string Field, string Message)
{
    public static RejectionResponse From(Rejection rejection, bool lines) => new(
        lines ? null : rejection.Position, lines ? rejection.Position : null, rejection.Error.Field, rejection.Error.Message);
}
