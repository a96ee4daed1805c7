using Marketing.Domain;

namespace Marketing.Api.Analytics;

/// <summary>Finds trending campaigns.</summary>
internal static class Trend
{
    /// <summary>Compares a window with the one before it.</summary>
    /// <remarks>
    /// The score is the difference of two Poisson counts in standard deviations, so that a rise from 1 to 3 does not outrank a rise from
    /// 200 to 300.
    /// </remarks>
    /// <param name="window">Counts of the window.</param>
    /// <param name="both">Counts of both windows together.</param>
    /// <param name="share">
    /// The window's share of the total time. Counts start at a full hour, so a short window is longer than the one before it. A campaign
    /// with a constant rate has this share of its engagement in the window (a binomial test given the sum).
    /// </param>
    public static IEnumerable<(CampaignId CampaignId, long Engagement, long Before, double Score)> Of(
        IReadOnlyList<CampaignCount> window, IReadOnlyList<CampaignCount> both, double share = 0.5)
    {
        var total = both.ToDictionary(static count => count.CampaignId, Engagement);
        return window
            .Select(count =>
            {
                var now = Engagement(count);
                // The two counts are read one after the other. Clamp, because interactions in between could make the earlier count
                // negative.
                var before = Math.Max(0, total.GetValueOrDefault(count.CampaignId) - now);
                var sum = now + before;
                var score = (now - (sum * share)) / Math.Sqrt(Math.Max(1, sum) * share * (1 - share));
                return (count.CampaignId, Engagement: now, Before: before, Score: score);
            })
            .Where(static campaign => campaign.Score > 0)
            .OrderByDescending(static campaign => campaign.Score)
            .ThenBy(static campaign => campaign.CampaignId);
    }

    private static long Engagement(CampaignCount count) => count.Chats + count.Clicks + count.Conversions;
}
