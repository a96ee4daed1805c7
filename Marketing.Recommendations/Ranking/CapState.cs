using Marketing.Domain;

namespace Marketing.Recommendations.Ranking;

/// <summary>Whether a frequency cap keeps a campaign from a user.</summary>
/// <param name="Reached">Whether it does now.</param>
/// <param name="ChangesAt">The next moment at which that may change without another view; null: never.</param>
internal readonly record struct CapState(bool Reached, DateTimeOffset? ChangesAt)
{
    /// <summary>The state of a cap at a moment. A view counts from its own time until the window has passed, however late it arrived.</summary>
    /// <param name="cap">How often in which window.</param>
    /// <param name="views">Times of the newest views, newest first, as <see cref="CampaignEdge.RecentViews"/> has them.</param>
    /// <param name="now">The moment.</param>
    public static CapState Of(FrequencyCap cap, IReadOnlyList<DateTimeOffset> views, DateTimeOffset now)
    {
        // A sender's clock may be ahead: such a view is still to come.
        var ahead = 0;
        while (ahead < views.Count && views[ahead] > now)
        {
            ahead++;
        }

        DateTimeOffset? nextView = ahead > 0 ? views[ahead - 1] : null;

        // The oldest view that the cap allows beside a new one. Where so many are still to come that the edge has forgotten it, the oldest it has.
        var decisive = Math.Min(ahead + cap.MaxViews, CampaignEdge.MaxRecentViews) - 1;
        if (decisive >= views.Count || now - views[decisive] >= cap.Window)
        {
            return new CapState(false, nextView);
        }

        var opens = views[decisive] + cap.Window;
        return new CapState(true, nextView < opens ? nextView : opens);
    }
}
