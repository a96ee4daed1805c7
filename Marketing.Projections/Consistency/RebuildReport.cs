namespace Marketing.Projections.Consistency;

/// <summary>What a rebuild did.</summary>
/// <param name="Projection">Which.</param>
/// <param name="Applied">Interactions read from the log and applied.</param>
/// <param name="Failed">Interactions that could not be applied one by one either: poison.</param>
/// <param name="Swept">Entries removed because the log does not have them.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RebuildReport(string Projection, long Applied, long Failed, long Swept, TimeSpan Duration);
