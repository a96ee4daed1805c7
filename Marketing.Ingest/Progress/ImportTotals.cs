using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Progress;

/// <summary>The record counts of an import.</summary>
/// <param name="Accepted">New in the log.</param>
/// <param name="Duplicates">Already in the log.</param>
/// <param name="Rejected">Not valid; listed in the reject file.</param>
/// <param name="Conflicts">Refused because the log has a different interaction with the same id.</param>
/// <param name="Erased">Refused because they precede an erasure of the user.</param>
internal readonly record struct ImportTotals(long Accepted, long Duplicates, long Rejected, long Conflicts = 0, long Erased = 0)
{
    public long Records => Accepted + Duplicates + Rejected + Conflicts + Erased;

    public static ImportTotals Of(IReadOnlyList<AppendOutcome> outcomes, int rejected)
    {
        var counts = AppendCounts.Of(outcomes);
        return new ImportTotals(counts.Accepted, counts.Duplicate, rejected, counts.Conflict, counts.Erased);
    }

    public static ImportTotals operator +(ImportTotals left, ImportTotals right) =>
        new(
            left.Accepted + right.Accepted,
            left.Duplicates + right.Duplicates,
            left.Rejected + right.Rejected,
            left.Conflicts + right.Conflicts,
            left.Erased + right.Erased);
}
