using System.Text.Json.Serialization;
using Marketing.Api.Interactions;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Api.Campaigns;

/// <summary>A campaign, in the form in which it can be put again.</summary>
/// <param name="CampaignId">Its identity.</param>
/// <param name="Name">What marketers call it.</param>
/// <param name="Text">What it is about, in the words a customer would use.</param>
/// <param name="StartsAt">First instant it may be shown.</param>
/// <param name="EndsAt">First instant it may no longer be shown.</param>
/// <param name="Audience">Attribute name to accepted values; a user must match every attribute.</param>
/// <param name="FrequencyCap">How often one user may be shown it.</param>
/// <param name="Properties">The caller's free-form object, as it came.</param>
internal sealed record CampaignResponse(
    string CampaignId,
    string Name,
    string Text,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Audience,
    FrequencyCapResponse? FrequencyCap,
    [property: JsonConverter(typeof(RawJsonConverter))] string? Properties)
{
    public static CampaignResponse From(Campaign campaign) => new(
        campaign.Id.Value,
        campaign.Name,
        campaign.Text,
        campaign.StartsAt,
        campaign.EndsAt,
        campaign.Audience,
        campaign.FrequencyCap is { } cap ? new FrequencyCapResponse(cap.MaxViews, WindowText.Format(cap.Window)) : null,
        campaign.Properties);
}

/// <summary>How often one user may be shown a campaign.</summary>
/// <param name="MaxViews">Views within the window.</param>
/// <param name="Window">Length of the sliding window, such as 7d.</param>
internal sealed record FrequencyCapResponse(int MaxViews, string Window);
