namespace Marketing.Projections.Ingestion;

/// <summary>Why input was rejected, without chat text.</summary>
/// <param name="Field">The field as the sender wrote it, with dots for nesting; empty for the whole.</param>
/// <param name="Message">What would be valid, as a sentence that starts with the field's name or with "The interaction".</param>
public sealed record FieldError(string Field, string Message);
