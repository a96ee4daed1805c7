using Marketing.Domain;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Ranking;

/// <summary>Whether a campaign may be shown to a user now. Decided before ranking, so that the best of what may be shown comes first.</summary>
internal static class Eligibility
{
    /// <summary>Sets the score of every campaign that may not be shown to minus infinity.</summary>
    /// <param name="context">What was read.</param>
    /// <param name="scores">By ordinal.</param>
    /// <param name="unlisted">When a campaign may be shown that the catalog does not have.</param>
    /// <returns>The next moment at which time alone may change any of this; null: never.</returns>
    public static DateTimeOffset? Apply(RecommendationContext context, Span<float> scores, UnlistedCampaigns unlisted)
    {
        var table = context.Models.Campaigns;
        var campaigns = table.Campaigns;
        if (!unlisted.AllowedBeside(table))
        {
            scores[table.CatalogCount..].Fill(float.NegativeInfinity);
        }

        for (var ordinal = 0; ordinal < campaigns.Length; ordinal++)
        {
            if (!IsOpen(campaigns[ordinal], context))
            {
                scores[ordinal] = float.NegativeInfinity;
            }
        }

        var changesAt = table.NextBoundary(context.Now);
        for (var i = 0; i < context.OwnEdges.Count; i++)
        {
            var edge = context.OwnEdges[i];
            var ordinal = table.OrdinalOf(edge.CampaignId);
            if (ordinal < 0)
            {
                continue;
            }

            if (IsSettled(edge))
            {
                scores[ordinal] = float.NegativeInfinity;
            }
            else if (campaigns[ordinal].FrequencyCap is { } cap)
            {
                var state = CapState.Of(cap, edge.RecentViews, context.Now);
                scores[ordinal] = state.Reached ? float.NegativeInfinity : scores[ordinal];
                changesAt = Earlier(changesAt, state.ChangesAt);
            }
        }

        return changesAt;
    }

    /// <summary>Within its active window, and the user is in its audience. Attributes that could not be read match nothing.</summary>
    private static bool IsOpen(Campaign campaign, RecommendationContext context) =>
        !(campaign.StartsAt > context.Now)
        && !(campaign.EndsAt <= context.Now)
        && (campaign.Audience is not { Count: > 0 } audience || Matches(audience, context.Profile));

    /// <summary>The user did what was asked, or wants no more of it.</summary>
    private static bool IsSettled(CampaignEdge edge) => edge is { Conversions: > 0 } or { Dismissals: > 0 };

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;

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
