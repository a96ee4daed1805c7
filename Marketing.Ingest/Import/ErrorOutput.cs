namespace Marketing.Ingest.Import;

/// <summary>The writer for a command's error messages, separate from its results.</summary>
internal sealed record ErrorOutput(TextWriter Writer);
