namespace Marketing.Recommender.Projections;

/// <summary>How one projection compares with the log.</summary>
/// <param name="Projection">Which.</param>
/// <param name="Expected">Entries that the log calls for.</param>
/// <param name="Actual">Entries there are; after the repair, when one was asked for.</param>
/// <param name="Pending">Interactions not yet applied; while there are any, a difference may be no more than that.</param>
/// <param name="Missing">Entries found missing or different, among those looked at.</param>
/// <param name="Orphaned">Entries found that the log does not have, among those looked at.</param>
/// <param name="Sampled">Entries looked at.</param>
/// <param name="Repaired">Entries mended, of the missing and the orphaned.</param>
public sealed record ConsistencyReport(
    string Projection, long Expected, long Actual, long Pending, long Missing, long Orphaned, long Sampled, long Repaired)
{
    /// <summary>True when nothing differs, or what differs was mended or is still pending.</summary>
    public bool Consistent => Missing + Orphaned - Repaired <= Pending && Math.Abs(Expected - Actual) <= Pending;
}
