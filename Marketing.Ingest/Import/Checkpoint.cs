using Marketing.Ingest.Progress;

namespace Marketing.Ingest.Import;

/// <summary>The progress of an import: every record up to a line is in the log or among the rejects.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="IsRepeatable">Whether the file can be read again from its start. No checkpoint is saved for a pipe.</param>
/// <param name="Length">The size of the file in bytes. When it differs, the file is read from the start.</param>
/// <param name="ModifiedAt">When the file was last changed. When it differs, the file is read from the start.</param>
/// <param name="Settings">Identifies the options of the import. With other options, the same bytes may be other records.</param>
/// <param name="StartedAt">When the import began; also the time of interactions that have none.</param>
/// <param name="Line">The line on which the last processed record begins; 0 before the first.</param>
/// <param name="Totals">The counts of the records up to there.</param>
/// <param name="RejectBytes">The size of the reject file up to there.</param>
internal sealed record Checkpoint(
    string Path,
    bool IsRepeatable,
    long Length,
    DateTimeOffset ModifiedAt,
    string? Settings,
    DateTimeOffset StartedAt,
    long Line,
    ImportTotals Totals,
    long RejectBytes)
{
    /// <summary>The checkpoint before the first line of a file.</summary>
    public static Checkpoint Begin(string path, bool isRepeatable, string settings, DateTimeOffset now)
    {
        // Truncate to milliseconds, as the stores do, so that no dead letter of this import appears older than its start.
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        if (!isRepeatable)
        {
            return new Checkpoint(path, false, 0, default, settings, now, 0, default, 0);
        }

        var file = new FileInfo(path);
        return new Checkpoint(
            file.FullName, true, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), settings, now, 0, default, 0);
    }
}
