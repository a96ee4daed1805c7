using Marketing.Domain;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Ranking;

/// <summary>Decides which campaigns the user may be shown now, before ranking, so that limits apply to eligible campaigns only.</summary>
internal static class Eligibility
{
    /// <summary>Sets the score of every ineligible campaign to minus infinity.</summary>
    /// <param name="context">The data read for this answer.</param>
    /// <param name="scores">By ordinal.</param>
    /// <param name="unlisted">Whether campaigns outside the catalog are eligible.</param>
    /// <returns>When time alone may next change the result; null if never.</returns>
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

    /// <summary>Whether the campaign is active and the user is in its audience; unreadable attributes match nothing.</summary>
    private static bool IsOpen(Campaign campaign, RecommendationContext context) =>
        !(campaign.StartsAt > context.Now)
        && !(campaign.EndsAt <= context.Now)
        && (campaign.Audience is not { Count: > 0 } audience || Matches(audience, context.Profile));

    /// <summary>Whether the user converted or dismissed the campaign.</summary>
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
