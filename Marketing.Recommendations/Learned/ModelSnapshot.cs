using Marketing.Domain;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Learned.Engagement;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Recommendations.Learned;

/// <summary>
/// Everything that a recommendation needs and that does not depend on the user, lined up by campaign ordinal. Immutable:
/// a recommendation takes one and works on it to its end.
/// </summary>
internal sealed class ModelSnapshot
{
    public static readonly ModelSnapshot Empty = new(null, null, null, null);

    public ModelSnapshot(CatalogPart? catalog, EngagementPart? engagement, ItemItemPart? itemItem, ProfileIndex? profiles)
        : this(catalog, engagement, itemItem, profiles, EverythingKnown(catalog, engagement, itemItem))
    {
    }

    private ModelSnapshot(
        CatalogPart? catalog, EngagementPart? engagement, ItemItemPart? itemItem, ProfileIndex? profiles, CampaignTable campaigns)
    {
        Catalog = catalog;
        EngagementPart = engagement;
        ItemItem = itemItem;
        Profiles = profiles;
        Campaigns = campaigns;
        Engagement = Array.ConvertAll(campaigns.Campaigns, campaign => EngagementOf(engagement, campaign.Id));
        if (engagement is not null && profiles is not null)
        {
            HierarchicalPrior.Apply(Engagement, profiles.Alike, engagement);
        }

        ItemItemOrdinals = itemItem is null ? [] : Array.ConvertAll(itemItem.Campaigns.ToArray(), campaigns.OrdinalOf);
        Touched = new bool[campaigns.Count];
        foreach (var ordinal in ItemItemOrdinals)
        {
            if (ordinal >= 0)
            {
                Touched[ordinal] = true;
            }
        }
    }

    public CatalogPart? Catalog { get; }

    public EngagementPart? EngagementPart { get; }

    public ItemItemPart? ItemItem { get; }

    /// <summary>The campaigns of the catalog, and those that anybody interacted with and nobody deleted.</summary>
    public CampaignTable Campaigns { get; }

    /// <summary>What the campaigns of the catalogue mean, by ordinal.</summary>
    public CampaignVectors Vectors => Catalog?.Vectors ?? CampaignVectors.None;

    /// <summary>How the customers of the campaigns of the catalogue talk, by ordinal.</summary>
    public ProfileIndex? Profiles { get; }

    /// <summary>How each campaign does, by ordinal.</summary>
    public CampaignEngagement[] Engagement { get; }

    /// <summary>The ordinal of each campaign of <see cref="ItemItem"/>; -1 for one that was deleted from the catalog.</summary>
    public int[] ItemItemOrdinals { get; }

    /// <summary>By ordinal, whether <see cref="ItemItem"/> knows the campaign.</summary>
    public bool[] Touched { get; }

    /// <summary>The same with the campaigns of some edges that it does not know yet, as long as there are not more than a number that the catalogue lacks.</summary>
    public ModelSnapshot Including(IReadOnlyList<CampaignEdge> edges, int maxUnlisted)
    {
        var campaigns = Campaigns.Including(edges.Select(edge => edge.CampaignId), maxUnlisted);
        return ReferenceEquals(campaigns, Campaigns) ? this : new ModelSnapshot(Catalog, EngagementPart, ItemItem, Profiles, campaigns);
    }

    private static CampaignTable EverythingKnown(CatalogPart? catalog, EngagementPart? engagement, ItemItemPart? itemItem) =>
        (catalog?.Table ?? CampaignTable.Empty).Including(
        [
            .. engagement is null ? [] : engagement.Campaigns.Keys.AsEnumerable(),
            .. itemItem is null ? [] : itemItem.Campaigns.ToArray(),
        ]);

    private static CampaignEngagement EngagementOf(EngagementPart? engagement, CampaignId id) =>
        engagement is not null && engagement.Campaigns.TryGetValue(id, out var known)
            ? known
            : new CampaignEngagement(new CampaignCount(id, 0, 0, 0, 0, 0), engagement?.PriorRate ?? 0, 0, 0, 0, 1);
}
