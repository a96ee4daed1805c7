using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Api.Admin;

/// <summary>The result of comparing the projections with the log.</summary>
/// <param name="Consistent">True when no projection differs. Pending interactions, and those that changed during the check, do not count
/// as differences.</param>
/// <param name="Projections">One report for each projection.</param>
internal sealed record ConsistencyResponse(bool Consistent, IReadOnlyList<ConsistencyReport> Projections)
{
    public static ConsistencyResponse From(IReadOnlyList<ConsistencyReport> reports) =>
        new(reports.All(static report => report.Consistent), reports);
}

/// <summary>A dead letter. Its payload may be personal data and is not included.</summary>
/// <param name="Id">The id of the dead letter.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Error">Why it was refused.</param>
/// <param name="FailedAt">When it failed.</param>
/// <param name="EventId">The event id, if the interaction reached the log.</param>
/// <param name="UserId">The user it belongs to, if known.</param>
internal sealed record DeadLetterResponse(
    string Id, string Source, string Error, DateTimeOffset FailedAt, string? EventId, string? UserId)
{
    public static DeadLetterResponse From(DeadLetter letter) => new(
        letter.Id, letter.Source, letter.Error, letter.FailedAt, letter.EventId?.Value, letter.UserId?.Value);
}

/// <summary>The result of deleting dead letters.</summary>
/// <param name="Removed">The number of dead letters deleted.</param>
internal sealed record RemovedResponse(long Removed);

/// <summary>The result of a job.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Outcome">What the job did, in one sentence.</param>
internal sealed record JobResponse(string Job, string Outcome);
