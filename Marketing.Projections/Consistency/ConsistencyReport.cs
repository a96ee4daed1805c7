namespace Marketing.Projections.Consistency;

/// <summary>How one projection compares with the log.</summary>
/// <param name="Projection">Which.</param>
/// <param name="Expected">Entries that the log calls for.</param>
/// <param name="Actual">Entries there are; after the repair, when one was asked for.</param>
/// <param name="Pending">Interactions that no projection is expected to have yet.</param>
/// <param name="Missing">Entries that the log calls for and that are not there.</param>
/// <param name="Orphaned">Entries that the log does not call for.</param>
/// <param name="Different">Entries whose content is not what follows from the log.</param>
/// <param name="Derived">Differences inside the store: between totals and facts, memory and file, a vector and its digest.</param>
/// <param name="Undecided">Entries that kept changing, or whose interactions are pending, while they were looked at: neither right nor wrong yet.</param>
/// <param name="Sampled">Entries whose content was computed anew to compare it; all others were compared by what needs no model.</param>
/// <param name="Detects">
/// Of content that only a model can tell: the share of wrong entries from which on the check misses them with a chance of less
/// than 1%. 0: it misses none.
/// </param>
/// <param name="Repaired">Differences that were mended and are gone.</param>
/// <param name="Samples">A few of what differs, by kind: event ids and campaigns, and users by the start of a hash.</param>
public sealed record ConsistencyReport(
    string Projection,
    long Expected,
    long Actual,
    long Pending,
    long Missing,
    long Orphaned,
    long Different,
    long Derived,
    long Undecided,
    long Sampled,
    double Detects,
    long Repaired,
    IReadOnlyList<string> Samples)
{
    /// <summary>True when nothing differs, or all that differs was mended.</summary>
    public bool Consistent => Missing + Orphaned + Different + Derived <= Repaired;
}
