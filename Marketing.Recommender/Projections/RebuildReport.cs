namespace Marketing.Recommender.Projections;

/// <summary>What a rebuild did.</summary>
/// <param name="Projection">Which.</param>
/// <param name="Applied">Interactions read from the log and applied.</param>
/// <param name="Swept">Entries removed because the log does not have them.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RebuildReport(string Projection, long Applied, long Swept, TimeSpan Duration);
