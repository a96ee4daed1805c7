using System.ComponentModel.DataAnnotations;
using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Recommendations.Recall.CampaignText;

/// <summary>How the meaning of a campaign's text is matched with what the user said. Its words are part of <see cref="Learned.Profiles.ProfileIndex"/>.</summary>
internal sealed record CampaignTextOptions
{
    public const string Section = "Recommender:Hybrid:CampaignText";

    /// <summary>Weight in the blend of the likeness in meaning (cosine of the embeddings).</summary>
    [Range(0, 100)]
    public float MeaningWeight { get; init; } = 0.4f;

    /// <summary>The cosine below which two texts have nothing to do with each other.</summary>
    [Range(-1, 0.99)]
    public float UnrelatedCosine { get; init; } = 0.2f;

    /// <summary>What each message counts of the one after it.</summary>
    [Range(0, 1)]
    public float MessageDiscount { get; init; } = 0.4f;
}
