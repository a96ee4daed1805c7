using Marketing.Recommender.Model;
using Marketing.Recommender.Pipeline;

namespace Marketing.Recommender.Ranking;

/// <summary>Whether a campaign may be shown to a user now. Decided before ranking, so that the best of what may be shown comes first.</summary>
internal static class Eligibility
{
    /// <summary>Sets the score of every campaign that may not be shown to minus infinity.</summary>
    /// <param name="context">What was read.</param>
    /// <param name="scores">By ordinal.</param>
    /// <param name="beyondCatalog">Whether a campaign may be shown that the catalogue does not have. Where there is no catalogue, any may.</param>
    public static void Apply(RecommendationContext context, Span<float> scores, bool beyondCatalog)
    {
        var campaigns = context.Models.Campaigns.Campaigns;
        if (!beyondCatalog && context.Models.Campaigns.CatalogCount is > 0 and var known)
        {
            scores[known..].Fill(float.NegativeInfinity);
        }

        for (var ordinal = 0; ordinal < campaigns.Length; ordinal++)
        {
            if (!IsOpen(campaigns[ordinal], context))
            {
                scores[ordinal] = float.NegativeInfinity;
            }
        }

        for (var i = 0; i < context.OwnEdges.Count; i++)
        {
            var edge = context.OwnEdges[i];
            var ordinal = context.Models.Campaigns.OrdinalOf(edge.CampaignId);
            if (ordinal >= 0 && (IsSettled(edge) || IsCapped(edge, campaigns[ordinal].FrequencyCap, context.Now)))
            {
                scores[ordinal] = float.NegativeInfinity;
            }
        }
    }

    /// <summary>Within its active window, and the user is in its audience. Attributes that could not be read match nothing.</summary>
    private static bool IsOpen(Campaign campaign, RecommendationContext context) =>
        !(campaign.StartsAt > context.Now)
        && !(campaign.EndsAt <= context.Now)
        && (campaign.Audience is not { Count: > 0 } audience || Matches(audience, context.Profile));

    /// <summary>The user did what was asked, or wants no more of it.</summary>
    private static bool IsSettled(CampaignEdge edge) => edge is { Conversions: > 0 } or { Dismissals: > 0 };

    private static bool IsCapped(CampaignEdge edge, FrequencyCap? cap, DateTimeOffset now)
    {
        if (cap is null)
        {
            return false;
        }

        // Newest first: the oldest view that the cap allows beside a new one.
        var views = edge.RecentViews;
        return views.Count >= cap.MaxViews && now - views[cap.MaxViews - 1] < cap.Window;
    }

    private static bool Matches(IReadOnlyDictionary<string, IReadOnlyList<string>> audience, UserProfile? profile)
    {
        foreach (var (attribute, accepted) in audience)
        {
            if (profile is null || !profile.Attributes.TryGetValue(attribute, out var value) || !accepted.Contains(value))
            {
                return false;
            }
        }

        return true;
    }
}
