using System.Collections.Frozen;
using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>
/// Gives each campaign a dense ordinal, so that scores are arrays, not dictionaries. Catalog campaigns come first, ordered by id,
/// followed by campaigns known only from interactions, ordered by id; comparing ordinals therefore breaks ties deterministically.
/// </summary>
internal sealed class CampaignTable
{
    public static readonly CampaignTable Empty = new([], 0, FrozenSet<CampaignId>.Empty, []);

    private readonly Dictionary<CampaignId, int> _ordinals;
    private readonly FrozenSet<CampaignId> _deleted;
    private readonly DateTimeOffset[] _boundaries;

    private CampaignTable(Campaign[] campaigns, int catalogCount, FrozenSet<CampaignId> deleted, DateTimeOffset[] boundaries)
    {
        Campaigns = campaigns;
        CatalogCount = catalogCount;
        _deleted = deleted;
        _boundaries = boundaries;
        HasAudiences = campaigns.Any(campaign => campaign.Audience is { Count: > 0 });
        _ordinals = new Dictionary<CampaignId, int>(campaigns.Length);
        for (var ordinal = 0; ordinal < campaigns.Length; ordinal++)
        {
            _ordinals.Add(campaigns[ordinal].Id, ordinal);
        }
    }

    /// <summary>The campaigns by ordinal; one outside the catalog has no name, text or rules.</summary>
    public Campaign[] Campaigns { get; }

    public int Count => Campaigns.Length;

    /// <summary>The number of catalog campaigns; smaller ordinals are in the catalog.</summary>
    public int CatalogCount { get; }

    /// <summary>Whether any campaign has an audience.</summary>
    public bool HasAudiences { get; }

    /// <summary>Whether a campaign was ever put into the catalog, even if it is empty now.</summary>
    public bool HasCatalog => CatalogCount > 0 || _deleted.Count > 0;

    /// <param name="campaigns">The campaigns in the catalog.</param>
    /// <param name="deleted">Campaigns deleted from the catalog.</param>
    public static CampaignTable OfCatalog(IReadOnlyList<Campaign> campaigns, IReadOnlyList<CampaignId> deleted) => new(
        [.. campaigns.OrderBy(campaign => campaign.Id)],
        campaigns.Count,
        deleted.Except(campaigns.Select(campaign => campaign.Id)).ToFrozenSet(),
        [.. campaigns.SelectMany(BoundariesOf).Distinct().Order()]);

    /// <summary>Returns a table with these ids added, up to the limit, but without campaigns deleted from the catalog.</summary>
    /// <param name="ids">Campaign ids, known or not.</param>
    /// <param name="maxUnlisted">Maximum number of campaigns in the result that are not in the catalog.</param>
    public CampaignTable Including(IEnumerable<CampaignId> ids, int maxUnlisted = int.MaxValue)
    {
        var room = Math.Max(0, maxUnlisted - (Count - CatalogCount));
        var missing = ids.Where(id => OrdinalOf(id) < 0 && !_deleted.Contains(id)).Distinct().Order().Take(room).ToArray();
        return missing.Length == 0
            ? this
            : new CampaignTable(
                [.. Campaigns, .. missing.Select(id => new Campaign(id, string.Empty, string.Empty))], CatalogCount, _deleted, _boundaries);
    }

    /// <summary>Returns a campaign's ordinal, or -1 if it is not in the table.</summary>
    public int OrdinalOf(CampaignId id) => _ordinals.TryGetValue(id, out var ordinal) ? ordinal : -1;

    /// <summary>Returns when a campaign next starts or ends, or null if none will.</summary>
    public DateTimeOffset? NextBoundary(DateTimeOffset now)
    {
        var found = Array.BinarySearch(_boundaries, now);
        var next = found < 0 ? ~found : found + 1;
        return next < _boundaries.Length ? _boundaries[next] : null;
    }

    /// <summary>Returns the display name, or null if the campaign is not in the catalog.</summary>
    public string? NameOf(int ordinal) => ordinal < CatalogCount ? Campaigns[ordinal].Name : null;

    private static IEnumerable<DateTimeOffset> BoundariesOf(Campaign campaign)
    {
        if (campaign.StartsAt is { } start)
        {
            yield return start;
        }

        if (campaign.EndsAt is { } end)
        {
            yield return end;
        }
    }
}
