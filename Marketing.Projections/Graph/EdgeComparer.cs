using Marketing.Domain;

namespace Marketing.Projections.Graph;

/// <summary>Equality of edges by value. A record compares its list of views by reference, so that list is compared apart.</summary>
internal static class EdgeComparer
{
    private static readonly IReadOnlyList<DateTimeOffset> None = [];

    public static bool Same(CampaignEdge? left, CampaignEdge? right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null
            && left with { RecentViews = None } == right with { RecentViews = None }
            && left.RecentViews.SequenceEqual(right.RecentViews));
}
