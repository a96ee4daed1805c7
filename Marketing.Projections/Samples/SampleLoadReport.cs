namespace Marketing.Projections.Samples;

/// <summary>The result of loading the sample world.</summary>
/// <param name="Campaigns">Campaigns that are new to the catalog.</param>
/// <param name="Interactions">Interactions that are new to the log.</param>
/// <param name="Duplicates">Interactions that were already in the log.</param>
public sealed record SampleLoadReport(int Campaigns, int Interactions, int Duplicates);
