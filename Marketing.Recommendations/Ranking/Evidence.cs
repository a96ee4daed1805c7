using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;

namespace Marketing.Recommendations.Ranking;

/// <summary>Builds the evidence for a campaign's score, on request.</summary>
internal static class Evidence
{
    public static RecommendationEvidence For(
        RecommendationContext context, int ordinal, IReadOnlyDictionary<string, double> contributions) =>
        new(SimilarUsers(context, ordinal), contributions, Engagement(context, ordinal));

    private static SimilarUserEvidence[] SimilarUsers(RecommendationContext context, int ordinal) =>
    [
        .. context.NeighborEdges
            .Where(edge => edge.Ordinal == ordinal)
            .OrderBy(edge => edge.Neighbor)
            .Select(edge => new SimilarUserEvidence(
                edge.Edge.UserId.Value,
                context.Neighbors[edge.Neighbor].Similarity,
                edge.Edge.Views,
                edge.Edge.Clicks,
                edge.Edge.Conversions,
                edge.Edge.Chats,
                edge.Edge.Dismissals)),
    ];

    private static EngagementEvidence? Engagement(RecommendationContext context, int ordinal)
    {
        if (context.Models.EngagementPart is not { } part)
        {
            return null;
        }

        var engagement = context.Models.Engagement[ordinal];
        var count = engagement.Count;
        return new EngagementEvidence(count.Total, count.Views, count.Clicks, count.Conversions, engagement.Rate, part.PriorRate);
    }
}
