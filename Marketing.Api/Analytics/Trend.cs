using Marketing.Domain;

namespace Marketing.Api.Analytics;

/// <summary>Finds what is on the rise.</summary>
internal static class Trend
{
    /// <summary>
    /// Compares a window with the one before it. The score is the difference of two Poisson counts in standard deviations,
    /// so that 3 after 1 does not outrank 300 after 200.
    /// </summary>
    /// <param name="window">Counts of the window.</param>
    /// <param name="both">Counts of the window and the one before it together.</param>
    /// <param name="share">
    /// The window's share of the time of both. Counts begin at a full hour, so that a short window is longer than the one before it:
    /// of a campaign that did not change, the window has this share (a binomial test given the sum).
    /// </param>
    public static IEnumerable<(CampaignId CampaignId, long Engagement, long Before, double Score)> Of(
        IReadOnlyList<CampaignCount> window, IReadOnlyList<CampaignCount> both, double share = 0.5)
    {
        var total = both.ToDictionary(static count => count.CampaignId, Engagement);
        return window
            .Select(count =>
            {
                var now = Engagement(count);
                // The two counts are read one after the other: what came in between must not make the past negative.
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
