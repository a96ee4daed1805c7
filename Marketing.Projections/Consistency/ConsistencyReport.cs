namespace Marketing.Projections.Consistency;

/// <summary>Compares one projection with the log.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Expected">Entries that should exist according to the log.</param>
/// <param name="Actual">Entries that exist, after the repair if one was requested.</param>
/// <param name="Pending">Interactions still pending, which no projection needs to contain yet.</param>
/// <param name="Missing">Entries that should exist but do not.</param>
/// <param name="Orphaned">Entries that exist but should not.</param>
/// <param name="Different">Entries whose content does not match the log.</param>
/// <param name="Derived">Inconsistencies inside the store: totals against facts, memory against file, vectors against digests.</param>
/// <param name="Undecided">Entries that kept changing or had pending interactions during the check, so they cannot be judged yet.</param>
/// <param name="Sampled">Entries whose content was recomputed with the model; all others were checked without it.</param>
/// <param name="Detects">
/// For content that only the model can verify: if at least this fraction of entries is wrong, the check misses it with a
/// probability below 1%. 0 means every entry was checked.
/// </param>
/// <param name="Repaired">Differences that were repaired.</param>
/// <param name="Samples">Examples of each kind of difference: event ids and campaigns, and users by a hash prefix.</param>
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
    /// <summary>Whether nothing differs, or every difference was repaired.</summary>
    public bool Consistent => Missing + Orphaned + Different + Derived <= Repaired;
}
