using System.Text.Json.Serialization;
using Marketing.Api.Interactions;
using Marketing.Domain;
using Marketing.Projections.Ingestion;

namespace Marketing.Api.Campaigns;

/// <summary>A campaign, in the same form that PUT accepts.</summary>
/// <param name="CampaignId">The id of the campaign.</param>
/// <param name="Name">The display name.</param>
/// <param name="Text">What the campaign is about, in the words a customer would use.</param>
/// <param name="StartsAt">The first instant at which it may be shown.</param>
/// <param name="EndsAt">The first instant at which it may no longer be shown.</param>
/// <param name="Audience">Maps an attribute name to accepted values; a user must match every attribute.</param>
/// <param name="FrequencyCap">How often one user may be shown it.</param>
/// <param name="Properties">The free-form object, unchanged.</param>
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

/// <summary>Limits how often one user may be shown a campaign.</summary>
/// <param name="MaxViews">The maximum views within the window.</param>
/// <param name="Window">The length of the sliding window, such as 7d.</param>
internal sealed record FrequencyCapResponse(int MaxViews, string Window);
