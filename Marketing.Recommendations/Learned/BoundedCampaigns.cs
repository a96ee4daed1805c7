using Marketing.Domain;
using Marketing.Recommendations.Learned.Catalog;

namespace Marketing.Recommendations.Learned;

/// <summary>Bounds the cost of campaigns outside the catalog, because any sender can invent campaign ids.</summary>
internal static class BoundedCampaigns
{
    /// <summary>Keeps the campaigns in the catalog, plus the most active of the others.</summary>
    /// <param name="all">The items to choose from.</param>
    /// <param name="idOf">Returns an item's campaign.</param>
    /// <param name="activityOf">Returns an item's activity.</param>
    /// <param name="catalog">The catalog; null until it is read, in which case everything is kept.</param>
    /// <param name="max">Maximum number of campaigns outside the catalog.</param>
    /// <returns>In the order of <paramref name="all"/> if nothing is dropped; otherwise catalog campaigns first.</returns>
    public static IReadOnlyList<T> Keep<T>(
        IReadOnlyList<T> all, Func<T, CampaignId> idOf, Func<T, long> activityOf, CampaignTable? catalog, int max)
    {
        if (catalog is null || all.Count <= max)
        {
            return all;
        }

        var listed = new List<T>();
        var unlisted = new List<T>();
        foreach (var one in all)
        {
            (catalog.OrdinalOf(idOf(one)) >= 0 ? listed : unlisted).Add(one);
        }

        return unlisted.Count <= max
            ? all
            : [.. listed, .. unlisted.OrderByDescending(activityOf).ThenBy(idOf).Take(max)];
    }
}
