using Marketing.Domain;

namespace Marketing.Projections.Graph;

/// <summary>Compares edges by value; records compare their list of views by reference, so the list is compared separately.</summary>
internal static class EdgeComparer
{
    private static readonly IReadOnlyList<DateTimeOffset> None = [];

    public static bool Same(CampaignEdge? left, CampaignEdge? right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null
            && left with { RecentViews = None } == right with { RecentViews = None }
            && left.RecentViews.SequenceEqual(right.RecentViews));
}
