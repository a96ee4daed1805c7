using Marketing.Domain;

namespace Marketing.Api.Analytics;

/// <summary>How campaigns did within a window.</summary>
/// <param name="Window">The window asked for; absent for all time.</param>
/// <param name="Since">The first instant that is counted, the window's own or the full UTC hour before it; absent for all time.</param>
/// <param name="Items">The campaigns that had any interaction, the most interactions first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; absent on the last.</param>
internal sealed record CampaignAnalyticsResponse(
    string? Window, DateTimeOffset? Since, IReadOnlyList<CampaignFigures> Items, string? NextCursor);

/// <summary>How one campaign did.</summary>
/// <param name="CampaignId">Which.</param>
/// <param name="Name">What marketers call it; absent when it is not in the catalogue.</param>
/// <param name="Chats">Chats that named it.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Dismissals">Dismissals.</param>
/// <param name="ClickThroughRate">Clicks a view; absent without views.</param>
/// <param name="ConversionRate">Conversions a click; absent without clicks.</param>
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

/// <summary>Which campaigns are on the rise.</summary>
/// <param name="Window">The window that is compared with the one before it.</param>
/// <param name="Since">The first instant that is counted as within the window, at a full UTC hour.</param>
/// <param name="Items">The steepest rise first; what did not rise is left out.</param>
internal sealed record TrendingResponse(string Window, DateTimeOffset Since, IReadOnlyList<TrendingCampaign> Items);

/// <summary>A campaign on the rise.</summary>
/// <param name="CampaignId">Which.</param>
/// <param name="Name">What marketers call it; absent when it is not in the catalogue.</param>
/// <param name="Engagement">Chats, clicks and conversions within the window.</param>
/// <param name="Before">The same within the window before.</param>
/// <param name="Score">
/// The rise in standard deviations: with n = engagement + before, and p the window's share of the time of both,
/// (engagement - n p) / √(n p (1 - p)); for windows of the same length (engagement - before) / √n.
/// </param>
internal sealed record TrendingCampaign(string CampaignId, string? Name, long Engagement, long Before, double Score);
