using Marketing.Ingest.Progress;

namespace Marketing.Ingest.Import;

/// <summary>How far an import has come: everything up to a line is in the log or among the rejects.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="IsRepeatable">Whether the file can be read again from its start; of a pipe nothing is kept.</param>
/// <param name="Length">Its size in bytes and …</param>
/// <param name="ModifiedAt">… the time of its last change: another file under the same name is read from the start.</param>
/// <param name="Settings">Tells the options of the import: with others the same bytes may be other records.</param>
/// <param name="StartedAt">When the import began; the time of interactions that have none.</param>
/// <param name="Line">The line on which the last record begins that is done; 0 before the first.</param>
/// <param name="Totals">What became of the records up to there.</param>
/// <param name="RejectBytes">Size of the file of rejects up to there.</param>
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
    /// <summary>Before the first line of a file.</summary>
    public static Checkpoint Begin(string path, bool isRepeatable, string settings, DateTimeOffset now)
    {
        // To the millisecond, which is what the stores keep: what is set aside in this import is never older than its start.
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
