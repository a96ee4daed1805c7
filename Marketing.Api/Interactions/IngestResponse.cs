using Marketing.Projections.Ingestion;

namespace Marketing.Api.Interactions;

/// <summary>What became of a request's interactions. What is counted as accepted is durable.</summary>
/// <param name="Accepted">New in the log; with Kafka in front of it, in Kafka, new or not.</param>
/// <param name="Duplicate">In the log already, or twice in the request; nothing changed.</param>
/// <param name="Conflict">Refused: the log has another interaction under the same eventId; all of them, listed or not.</param>
/// <param name="Erased">Refused: from before an erasure of the user.</param>
/// <param name="Rejected">Refused as not valid; all of them, listed or not.</param>
/// <param name="Rejections">The first that were not valid, in order.</param>
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
    public static IngestResponse From(IntakeTally tally, bool lines) => new(
        tally.Accepted,
        tally.Duplicate,
        tally.Conflict,
        tally.Erased,
        tally.Rejected,
        [.. tally.Rejections.Select(rejection => RejectionResponse.From(rejection, lines))],
        [.. tally.Conflicts.Select(conflict => RejectionResponse.From(conflict, lines))]);
}

/// <summary>One refusal.</summary>
/// <param name="Index">Which item of the array, from 0; absent for a stream.</param>
/// <param name="Line">Which line of the stream, from 1; absent for JSON.</param>
/// <param name="Field">The field that is wrong; empty when it is the whole.</param>
/// <param name="Message">What would be valid.</param>
internal sealed record RejectionResponse(long? Index, long? Line, string Field, string Message)
{
    public static RejectionResponse From(Rejection rejection, bool lines) => new(
        lines ? null : rejection.Position, lines ? rejection.Position : null, rejection.Error.Field, rejection.Error.Message);
}
