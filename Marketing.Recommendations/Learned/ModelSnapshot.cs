using Marketing.Domain;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Learned.Engagement;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Recommendations.Learned;

/// <summary>
/// Everything a recommendation needs that does not depend on the user, indexed by campaign ordinal. Immutable: each
/// recommendation uses one snapshot throughout.
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

    /// <summary>The campaigns in the catalog, plus those with interactions, except deleted ones.</summary>
    public CampaignTable Campaigns { get; }

    /// <summary>The text vectors of the catalog campaigns, by ordinal.</summary>
    public CampaignVectors Vectors => Catalog?.Vectors ?? CampaignVectors.None;

    /// <summary>The profiles of the catalog campaigns, by ordinal.</summary>
    public ProfileIndex? Profiles { get; }

    /// <summary>The engagement of each campaign, by ordinal.</summary>
    public CampaignEngagement[] Engagement { get; }

    /// <summary>The ordinal of each campaign of <see cref="ItemItem"/>; -1 if it was deleted from the catalog.</summary>
    public int[] ItemItemOrdinals { get; }

    /// <summary>By ordinal, whether the campaign has weights in <see cref="ItemItem"/>.</summary>
    public bool[] Touched { get; }

    /// <summary>Returns a snapshot that also has the campaigns of these edges, up to the limit on campaigns outside the catalog.</summary>
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
