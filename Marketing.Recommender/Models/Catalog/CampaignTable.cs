using Marketing.Recommender.Model;

namespace Marketing.Recommender.Models.Catalog;

/// <summary>
/// Campaigns, each with a dense ordinal, so that scores are arrays and not dictionaries. Those of the catalogue come first, by id; then those
/// that are only known because somebody interacted with them, by id. Comparing ordinals so breaks ties for good.
/// </summary>
internal sealed class CampaignTable
{
    public static readonly CampaignTable Empty = new([], 0);

    private readonly Dictionary<CampaignId, int> _ordinals;

    private CampaignTable(Campaign[] campaigns, int catalogCount)
    {
        Campaigns = campaigns;
        CatalogCount = catalogCount;
        HasAudiences = campaigns.Any(campaign => campaign.Audience is { Count: > 0 });
        _ordinals = new Dictionary<CampaignId, int>(campaigns.Length);
        for (var ordinal = 0; ordinal < campaigns.Length; ordinal++)
        {
            _ordinals.Add(campaigns[ordinal].Id, ordinal);
        }
    }

    /// <summary>The campaigns by ordinal; one that is not in the catalogue has no name, no text and no rule.</summary>
    public Campaign[] Campaigns { get; }

    public int Count => Campaigns.Length;

    /// <summary>Ordinals below this are in the catalogue.</summary>
    public int CatalogCount { get; }

    /// <summary>Whether any campaign asks for user attributes.</summary>
    public bool HasAudiences { get; }

    public static CampaignTable OfCatalog(IReadOnlyList<Campaign> campaigns) =>
        new([.. campaigns.OrderBy(campaign => campaign.Id)], campaigns.Count);

    /// <summary>The same campaigns and those of the given ids that it lacks.</summary>
    public CampaignTable Including(IEnumerable<CampaignId> ids)
    {
        var missing = ids.Where(id => OrdinalOf(id) < 0).Distinct().Order().ToArray();
        return missing.Length == 0
            ? this
            : new CampaignTable([.. Campaigns, .. missing.Select(id => new Campaign(id, string.Empty, string.Empty))], CatalogCount);
    }

    /// <summary>The ordinal of a campaign; -1 when it is not in the table.</summary>
    public int OrdinalOf(CampaignId id) => _ordinals.TryGetValue(id, out var ordinal) ? ordinal : -1;

    /// <summary>What marketers call it; null when it is not in the catalogue.</summary>
    public string? NameOf(int ordinal) => ordinal < CatalogCount ? Campaigns[ordinal].Name : null;
}
