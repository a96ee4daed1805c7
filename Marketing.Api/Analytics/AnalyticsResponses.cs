using Marketing.Domain;

namespace Marketing.Api.Analytics;

/// <summary>Campaign performance within a window.</summary>
/// <param name="Window">The requested window; absent for all time.</param>
/// <param name="Since">The start of the counts: the start of the window, rounded down to a full UTC hour; absent for all time.</param>
/// <param name="Items">The campaigns with at least one interaction, most interactions first.</param>
/// <param name="NextCursor">Pass as <c>cursor</c> to get the next page; absent on the last page.</param>
internal sealed record CampaignAnalyticsResponse(
    string? Window, DateTimeOffset? Since, IReadOnlyList<CampaignFigures> Items, string? NextCursor);

/// <summary>The performance of one campaign.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Name">The display name; absent when the campaign is not in the catalog.</param>
/// <param name="Chats">Chats that named the campaign.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Dismissals">Dismissals.</param>
/// <param name="ClickThroughRate">Clicks divided by views; absent without views.</param>
/// <param name="ConversionRate">Conversions divided by clicks; absent without clicks.</param>
internal sealed record CampaignFigures(
    string CampaignId,
    string? Name,
    long Chats,
    long Views,
    long Clicks,
    long Conversions,
    long Dismissals,
    double? ClickThroughRate,
    double? ConversionRate)
{
    public static CampaignFigures From(CampaignCount count, string? name) => new(
        count.CampaignId.Value,
        name,
        count.Chats,
        count.Views,
        count.Clicks,
        count.Conversions,
        count.Dismissals,
        count.Views == 0 ? null : (double)count.Clicks / count.Views,
        count.Clicks == 0 ? null : (double)count.Conversions / count.Clicks);
}

/// <summary>The trending campaigns.</summary>
/// <param name="Window">The window, which is compared with the one before it.</param>
/// <param name="Since">The start of the counts within the window, at a full UTC hour.</param>
/// <param name="Items">The campaigns with rising engagement, steepest rise first.</param>
internal sealed record TrendingResponse(string Window, DateTimeOffset Since, IReadOnlyList<TrendingCampaign> Items);

/// <summary>A trending campaign.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Name">The display name; absent when the campaign is not in the catalog.</param>
/// <param name="Engagement">Chats, clicks and conversions within the window.</param>
/// <param name="Before">Chats, clicks and conversions within the previous window.</param>
/// <param name="Score">
/// The rise in standard deviations. With n = engagement + before, and p = the window's share of the total time:
/// (engagement - n p) / √(n p (1 - p)). For windows of equal length this is (engagement - before) / √n.
/// </param>
internal sealed record TrendingCampaign(string CampaignId, string? Name, long Engagement, long Before, double Score);
