using Marketing.Domain;

namespace Marketing.Recommendations.Ranking;

/// <summary>Whether a frequency cap blocks a campaign for a user.</summary>
/// <param name="Reached">Whether the cap is reached.</param>
/// <param name="ChangesAt">When the state may next change without another view; null if never.</param>
internal readonly record struct CapState(bool Reached, DateTimeOffset? ChangesAt)
{
    /// <summary>
    /// Computes the state of a cap; a view counts from its own time until the window has passed, however late it arrives.
    /// </summary>
    /// <param name="cap">The frequency cap.</param>
    /// <param name="views">Times of the newest views, newest first, as in <see cref="CampaignEdge.RecentViews"/>.</param>
    /// <param name="now">The current time.</param>
    public static CapState Of(FrequencyCap cap, IReadOnlyList<DateTimeOffset> views, DateTimeOffset now)
    {
        // A sender's clock may be ahead; such a view lies in the future and does not count yet.
        var ahead = 0;
        while (ahead < views.Count && views[ahead] > now)
        {
            ahead++;
        }

        DateTimeOffset? nextView = ahead > 0 ? views[ahead - 1] : null;

        // The cap is reached while this view is within the window. If future views have displaced it from the edge, use the oldest kept.
        var decisive = Math.Min(ahead + cap.MaxViews, CampaignEdge.MaxRecentViews) - 1;
        if (decisive >= views.Count || now - views[decisive] >= cap.Window)
        {
            return new CapState(false, nextView);
        }

        var opens = views[decisive] + cap.Window;
        return new CapState(true, nextView < opens ? nextView : opens);
    }
}
