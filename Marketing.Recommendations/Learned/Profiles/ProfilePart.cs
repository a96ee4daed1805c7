using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>What was learnt of the words of customers.</summary>
/// <param name="Idf">What each term tells.</param>
/// <param name="Said">For each campaign, what those who turned to it had said: the sum of their unit vectors, by strength. Not pruned of direction: any length.</param>
/// <param name="Users">How many users it was learnt from.</param>
/// <param name="Chance">How similar messages are by chance; null while there are too few to tell.</param>
internal sealed record ProfilePart(
    InverseDocumentFrequency Idf, IReadOnlyDictionary<CampaignId, TermVector> Said, int Users, ChanceSimilarity? Chance = null)
{
    /// <summary>Before anything was learnt: the campaigns' texts alone.</summary>
    public static ProfilePart OfTexts(IReadOnlyList<uint[]> texts) =>
        new(new InverseDocumentFrequency(new Dictionary<uint, int>(), 0, texts), new Dictionary<CampaignId, TermVector>(), 0);
}
