namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>What is kept in memory of the catalog, as of one version of it.</summary>
/// <param name="Version">The catalog's version.</param>
/// <param name="Table">The campaigns.</param>
/// <param name="Texts">What was embedded for each ordinal; tells which vectors survive a change.</param>
/// <param name="Rows">The vector of each ordinal; null where it is not embedded yet.</param>
/// <param name="Vectors">The same as a matrix.</param>
/// <param name="Terms">The terms of each ordinal's text.</param>
internal sealed record CatalogPart(
    long Version, CampaignTable Table, string[] Texts, float[]?[] Rows, CampaignVectors Vectors, uint[][] Terms)
{
    /// <summary>Whether every text has its vector.</summary>
    public bool Embedded => !Rows.Contains(null);
}
