namespace Marketing.Projections.Samples;

/// <summary>What loading the sample world changed.</summary>
/// <param name="Campaigns">Campaigns that were not in the catalog before.</param>
/// <param name="Interactions">Interactions that were not in the log before.</param>
/// <param name="Duplicates">Interactions that were there already.</param>
public sealed record SampleLoadReport(int Campaigns, int Interactions, int Duplicates);
