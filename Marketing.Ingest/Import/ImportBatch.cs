using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Consecutive records of a file, ready to append.</summary>
/// <param name="Interactions">The valid records.</param>
/// <param name="Lines">The line on which each valid record begins.</param>
/// <param name="Rejects">The invalid records.</param>
/// <param name="LastLine">The line on which the last record begins.</param>
internal sealed record ImportBatch(IReadOnlyList<Interaction> Interactions, IReadOnlyList<long> Lines, IReadOnlyList<Reject> Rejects, long LastLine)
{
    /// <summary>The interactions whose event id belongs to a different interaction, as rejects.</summary>
    /// <param name="outcomes">The append outcome of each interaction.</param>
    public IEnumerable<Reject> Conflicts(IReadOnlyList<AppendOutcome> outcomes)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] == AppendOutcome.Conflict)
            {
                yield return new Reject(Lines[i], AppendCounts.ConflictError, InteractionWriter.ToJson(Interactions[i]));
            }
        }
    }
}
