namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// For each campaign of the catalog the few others that are most about the same: whose customers say what its text says. What
/// happened to these is the best guess at what will happen to a campaign that nobody has seen yet.
/// </summary>
internal sealed class SimilarCampaigns
{
    /// <summary>The weight in a mean over similar campaigns of knowing nothing, so that one that is hardly alike does not speak for all.</summary>
    public const float Unlike = 0.1f;

    private const int Most = 10;

    private readonly (int Ordinal, float Weight)[][] _nearest;

    private SimilarCampaigns((int Ordinal, float Weight)[][] nearest) => _nearest = nearest;

    /// <param name="profiles">To compare with.</param>
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

            // Squared, for half alike is not half as good a witness.
            nearest[ordinal] =
                [.. best.Take(count).Where(other => cosines[other] > 0).Select(other => (other, cosines[other] * cosines[other]))];
        }

        return new SimilarCampaigns(nearest);
    }

    /// <summary>The others that are most like a campaign, best first, with what they say of it, over 0 and at most 1; none outside the catalog.</summary>
    public ReadOnlySpan<(int Ordinal, float Weight)> To(int ordinal) => ordinal < _nearest.Length ? _nearest[ordinal] : [];
}
