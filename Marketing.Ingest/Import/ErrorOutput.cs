namespace Marketing.Ingest.Import;

/// <summary>Where a command says what went wrong, apart from its results.</summary>
internal sealed record ErrorOutput(TextWriter Writer);
