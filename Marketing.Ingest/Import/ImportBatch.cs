using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Consecutive records of a file, ready to be appended.</summary>
/// <param name="Interactions">The valid ones.</param>
/// <param name="Lines">The line on which each of them begins.</param>
/// <param name="Rejects">The others.</param>
/// <param name="LastLine">The line on which the last of them begins.</param>
internal sealed record ImportBatch(IReadOnlyList<Interaction> Interactions, IReadOnlyList<long> Lines, IReadOnlyList<Reject> Rejects, long LastLine)
{
    /// <summary>The interactions whose id belongs to another one, as rejects.</summary>
    /// <param name="outcomes">What became of the interactions.</param>
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
