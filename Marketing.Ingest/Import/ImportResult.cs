namespace Marketing.Ingest.Import;

/// <summary>What became of a file.</summary>
/// <param name="Done">Where it ended, with the counts of the whole file.</param>
/// <param name="Rejects">The file that names what was refused; null when nothing was.</param>
/// <param name="Refused">What to show of it.</param>
/// <param name="LettersRemoved">Dead letters of an earlier import of the file that are gone.</param>
/// <param name="Broken">Why it could not be read to its end; null when it was.</param>
internal sealed record ImportResult(Checkpoint Done, string? Rejects, RejectSummary Refused, int LettersRemoved, string? Broken);
