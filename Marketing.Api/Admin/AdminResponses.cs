using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;

namespace Marketing.Api.Admin;

/// <summary>How the projections compare with the log.</summary>
/// <param name="Consistent">True when none differs; what is pending, or changed while it was looked at, is no difference.</param>
/// <param name="Projections">One report a projection.</param>
internal sealed record ConsistencyResponse(bool Consistent, IReadOnlyList<ConsistencyReport> Projections)
{
    public static ConsistencyResponse From(IReadOnlyList<ConsistencyReport> reports) =>
        new(reports.All(static report => report.Consistent), reports);
}

/// <summary>Something that was set aside; its payload, which may be personal, is not shown.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Error">Why.</param>
/// <param name="FailedAt">When.</param>
/// <param name="EventId">The interaction in the log, when it got that far.</param>
/// <param name="UserId">Whom it concerns, when known.</param>
internal sealed record DeadLetterResponse(
    string Id, string Source, string Error, DateTimeOffset FailedAt, string? EventId, string? UserId)
{
    public static DeadLetterResponse From(DeadLetter letter) => new(
        letter.Id, letter.Source, letter.Error, letter.FailedAt, letter.EventId?.Value, letter.UserId?.Value);
}

/// <summary>What was given up.</summary>
/// <param name="Removed">How many dead letters.</param>
internal sealed record RemovedResponse(long Removed);

/// <summary>What a job did.</summary>
/// <param name="Job">Which.</param>
/// <param name="Outcome">What was done, in one sentence.</param>
internal sealed record JobResponse(string Job, string Outcome);
