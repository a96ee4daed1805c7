namespace Marketing.Ingest.Import;

/// <summary>The result of importing a file.</summary>
/// <param name="Done">The final checkpoint, with the counts of the whole file.</param>
/// <param name="Rejects">The path of the reject file; null when nothing was rejected.</param>
/// <param name="Refused">A summary of the rejects for display.</param>
/// <param name="LettersRemoved">The number of dead letters from earlier imports of the file that were removed.</param>
/// <param name="Broken">Why the file could not be read to its end; null when it was.</param>
internal sealed record ImportResult(Checkpoint Done, string? Rejects, RejectSummary Refused, int LettersRemoved, string? Broken);
