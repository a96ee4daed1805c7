using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>An invalid record.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Error">The field, and what would be valid.</param>
/// <param name="Json">The record, for the dead letter; may contain personal data. Null when it cannot be read as JSON.</param>
internal sealed record Reject(long Line, FieldError Error, string? Json);
