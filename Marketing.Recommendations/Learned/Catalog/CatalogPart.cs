namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>One version of the catalog in memory.</summary>
/// <param name="Version">The catalog's version.</param>
/// <param name="Table">The campaigns.</param>
/// <param name="Texts">The embedded text of each ordinal; decides which vectors can be reused after a change.</param>
/// <param name="Rows">The vector of each ordinal; null until embedded.</param>
/// <param name="Vectors">The rows as a matrix.</param>
/// <param name="Terms">The terms of each ordinal's text.</param>
internal sealed record CatalogPart(
    long Version, CampaignTable Table, string[] Texts, float[]?[] Rows, CampaignVectors Vectors, uint[][] Terms)
{
    /// <summary>Whether every text is embedded.</summary>
    public bool Embedded => !Rows.Contains(null);
}
