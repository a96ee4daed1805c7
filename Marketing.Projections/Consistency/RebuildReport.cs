namespace Marketing.Projections.Consistency;

/// <summary>The result of a rebuild.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Applied">Interactions read from the log and applied.</param>
/// <param name="Failed">Interactions that could not be applied, even alone: poison.</param>
/// <param name="Swept">Entries removed because they are not in the log.</param>
/// <param name="Duration">How long the rebuild took.</param>
public sealed record RebuildReport(string Projection, long Applied, long Failed, long Swept, TimeSpan Duration);
