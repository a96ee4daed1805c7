namespace Marketing.Projections.Ingestion;

/// <summary>Why something was refused. Never holds chat text.</summary>
/// <param name="Field">The field as the sender wrote it, with a dot before a nested one; empty when it is the whole.</param>
/// <param name="Message">What would be valid, as a sentence that starts with the field's name or with "The interaction".</param>
public sealed record FieldError(string Field, string Message);
