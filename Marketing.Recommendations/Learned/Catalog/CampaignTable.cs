using System.Collections.Frozen;
using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>
/// Campaigns, each with a dense ordinal, so that scores are arrays and not dictionaries. Those of the catalog come first, by id; then those
/// that are only known because somebody interacted with them, by id. Comparing ordinals so breaks ties for good.
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

    /// <summary>The campaigns by ordinal; one that is not in the catalog has no name, no text and no rule.</summary>
    public Campaign[] Campaigns { get; }

    public int Count => Campaigns.Length;

    /// <summary>Ordinals below this are in the catalog.</summary>
    public int CatalogCount { get; }

    /// <summary>Whether any campaign asks for user attributes.</summary>
    public bool HasAudiences { get; }

    /// <summary>Whether anybody ever put a campaign into the catalog, though it may be empty now.</summary>
    public bool HasCatalog => CatalogCount > 0 || _deleted.Count > 0;

    /// <param name="campaigns">What the catalog has.</param>
    /// <param name="deleted">What it had and has no longer.</param>
    public static CampaignTable OfCatalog(IReadOnlyList<Campaign> campaigns, IReadOnlyList<CampaignId> deleted) => new(
        [.. campaigns.OrderBy(campaign => campaign.Id)],
        campaigns.Count,
        deleted.Except(campaigns.Select(campaign => campaign.Id)).ToFrozenSet(),
        [.. campaigns.SelectMany(BoundariesOf).Distinct().Order()]);

    /// <summary>
    /// The same campaigns and those of the given ids that it lacks, as long as it has room for them; but none that was deleted from
    /// the catalog: that one is not to be known any more.
    /// </summary>
    /// <param name="ids">Any.</param>
    /// <param name="maxUnlisted">Most campaigns of the result that are not in the catalog.</param>
    public CampaignTable Including(IEnumerable<CampaignId> ids, int maxUnlisted = int.MaxValue)
    {
        var room = Math.Max(0, maxUnlisted - (Count - CatalogCount));
        var missing = ids.Where(id => OrdinalOf(id) < 0 && !_deleted.Contains(id)).Distinct().Order().Take(room).ToArray();
        return missing.Length == 0
            ? this
            : new CampaignTable(
                [.. Campaigns, .. missing.Select(id => new Campaign(id, string.Empty, string.Empty))], CatalogCount, _deleted, _boundaries);
    }

    /// <summary>The ordinal of a campaign; -1 when it is not in the table.</summary>
    public int OrdinalOf(CampaignId id) => _ordinals.TryGetValue(id, out var ordinal) ? ordinal : -1;

    /// <summary>The next moment at which a campaign starts or ends; null: none does.</summary>
    public DateTimeOffset? NextBoundary(DateTimeOffset now)
    {
        var found = Array.BinarySearch(_boundaries, now);
        var next = found < 0 ? ~found : found + 1;
        return next < _boundaries.Length ? _boundaries[next] : null;
    }

    /// <summary>What marketers call it; null when it is not in the catalog.</summary>
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
