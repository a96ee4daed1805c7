using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>The learned words of the campaigns' customers.</summary>
/// <param name="Idf">The weight of each term.</param>
/// <param name="TermsByCampaign">Per campaign, the sum of its customers' unit term vectors, weighted by interaction strength; not normalized, and pruned to <see cref="ProfileOptions.MaxTerms"/>.</param>
/// <param name="Users">Number of training examples; a user adds one for each distinct set of messages that preceded an interaction.</param>
/// <param name="Chance">The similarity of messages by chance; null while there are too few messages.</param>
internal sealed record ProfilePart(
    InverseDocumentFrequency Idf, IReadOnlyDictionary<CampaignId, TermVector> TermsByCampaign, int Users, ChanceSimilarity? Chance = null)
{
    /// <summary>The state before learning: campaign texts only.</summary>
    public static ProfilePart OfTexts(IReadOnlyList<uint[]> texts) =>
        new(new InverseDocumentFrequency(new Dictionary<uint, int>(), 0, texts), new Dictionary<CampaignId, TermVector>(), 0);
}
