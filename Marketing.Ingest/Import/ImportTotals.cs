namespace Marketing.Ingest.Import;

/// <summary>What became of the records of a file.</summary>
/// <param name="Accepted">New in the log.</param>
/// <param name="Duplicates">In the log already.</param>
/// <param name="Rejected">Not valid; see the file of rejects.</param>
internal readonly record struct ImportTotals(long Accepted, long Duplicates, long Rejected)
{
    public long Records => Accepted + Duplicates + Rejected;

    public static ImportTotals operator +(ImportTotals left, ImportTotals right) =>
        new(left.Accepted + right.Accepted, left.Duplicates + right.Duplicates, left.Rejected + right.Rejected);
}
