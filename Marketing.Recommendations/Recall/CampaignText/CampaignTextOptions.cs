using System.ComponentModel.DataAnnotations;

namespace Marketing.Recommendations.Recall.CampaignText;

/// <summary>
/// How the meaning of a campaign's text is matched with messages; its words are matched by
/// <see cref="Learned.Profiles.ProfileIndex"/>.
/// </summary>
internal sealed record CampaignTextOptions
{
    public const string Section = "Recommender:Hybrid:CampaignText";

    /// <summary>Weight of semantic similarity (embedding cosine) in the blend.</summary>
    [Range(0, 100)]
    public float MeaningWeight { get; init; } = 0.4f;

    /// <summary>Cosine at or below which two texts count as unrelated.</summary>
    [Range(-1, 0.99)]
    public float UnrelatedCosine { get; init; } = 0.2f;

    /// <summary>Weight of each message relative to the next newer one.</summary>
    [Range(0, 1)]
    public float MessageDiscount { get; init; } = 0.4f;
}
