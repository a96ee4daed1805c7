namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// The similar campaigns of each catalog campaign: those whose profile best matches its text. Their engagement is the best
/// prediction for a cold-start campaign.
/// </summary>
internal sealed class SimilarCampaigns
{
    /// <summary>
    /// Weight of the "no information" term in a mean over similar campaigns, so that one weak match does not decide alone.
    /// </summary>
    public const float Unlike = 0.1f;

    private const int Most = 10;

    private readonly (int Ordinal, float Weight)[][] _nearest;

    private SimilarCampaigns((int Ordinal, float Weight)[][] nearest) => _nearest = nearest;

    /// <param name="profiles">The profiles to compare with.</param>
    /// <param name="texts">The terms of each campaign's text, by ordinal.</param>
    public static SimilarCampaigns Of(ProfileIndex profiles, IReadOnlyList<uint[]> texts)
    {
        var nearest = new (int Ordinal, float Weight)[texts.Count][];
        var cosines = new float[texts.Count];
        var best = new int[Most];
        for (var ordinal = 0; ordinal < texts.Count; ordinal++)
        {
            Array.Clear(cosines);
            _ = profiles.Score(Array.ConvertAll(texts[ordinal], static term => (term, 1f)), cosines);
            cosines[ordinal] = float.NegativeInfinity;
            var count = TopCampaigns.Select(cosines, best);

            // Squared, because a match of half the similarity is less than half as reliable.
            nearest[ordinal] =
                [.. best.Take(count).Where(other => cosines[other] > 0).Select(other => (other, cosines[other] * cosines[other]))];
        }

        return new SimilarCampaigns(nearest);
    }

    /// <summary>
    /// Returns a campaign's similar campaigns, best first, each with a weight above 0 and up to 1; empty outside the catalog.
    /// </summary>
    public ReadOnlySpan<(int Ordinal, float Weight)> To(int ordinal) => ordinal < _nearest.Length ? _nearest[ordinal] : [];
}
