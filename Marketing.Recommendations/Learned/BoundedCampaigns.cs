using Marketing.Domain;
using Marketing.Recommendations.Learned.Catalog;

namespace Marketing.Recommendations.Learned;

/// <summary>Bounds what campaigns cost that anybody can make up by naming them.</summary>
internal static class BoundedCampaigns
{
    /// <summary>What belongs to the catalog, and of the rest the most active.</summary>
    /// <param name="all">To choose from.</param>
    /// <param name="idOf">Which campaign each is about.</param>
    /// <param name="activityOf">How much happened to it.</param>
    /// <param name="catalog">Null while it has not been read: all are kept until it is.</param>
    /// <param name="max">How many of the rest.</param>
    /// <returns>In the order of <paramref name="all"/> when nothing is left out; else the catalog's first.</returns>
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
