using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>A record that is not valid.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Error">Which field, and what would be valid.</param>
/// <param name="Json">The record, for the dead letter; may hold personal data. Null when it cannot be read as one.</param>
internal sealed record Reject(long Line, FieldError Error, string? Json);
