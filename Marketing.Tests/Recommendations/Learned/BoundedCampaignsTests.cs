using Marketing.Domain;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Learned.ItemItem;

namespace Marketing.Tests.Recommendations.Learned;

/// <summary>The cost of made-up campaign ids is bounded.</summary>
public sealed class BoundedCampaignsTests
{
    private static readonly CampaignTable Catalog = CampaignTable.OfCatalog(
        [.. Enumerable.Range(0, 20).Select(i => new Campaign(new CampaignId($"listed-{i:00}"), $"Campaign {i}", ""))], []);

    [Fact]
    public void Weights_are_learnt_of_the_catalog_and_of_a_bounded_number_of_others()
    {
        var matrix = new InteractionMatrix(new InteractionStrength());
        for (var user = 0; user < 100; user++)
        {
            matrix.Add([.. Enumerable.Range(0, 500).Select(i => Edge(user, $"made-up-{user}-{i}")), Edge(user, "made-up-often"), Edge(user, $"listed-{user % 20:00}")]);
        }

        var campaigns = matrix.Campaigns(4_000, Catalog, maxUnlisted: 10).Select(id => id.Value).ToList();
        Assert.Equal(30, campaigns.Count);
        Assert.Equal(20, campaigns.Count(id => id.StartsWith("listed", StringComparison.Ordinal)));
        Assert.Contains("made-up-often", campaigns);
    }

    [Fact]
    public void Of_the_others_the_most_active_are_kept_and_ties_do_not_depend_on_the_order()
    {
        var counts = Enumerable.Range(0, 1_000).Select(i => (Id: new CampaignId($"x-{i:0000}"), Activity: (long)(i % 7))).ToList();
        var kept = BoundedCampaigns.Keep(counts, one => one.Id, one => one.Activity, Catalog, 50);
        Assert.Equal(50, kept.Count);
        Assert.All(kept, one => Assert.Equal(6, one.Activity));
        counts.Reverse();
        Assert.Equal(kept, BoundedCampaigns.Keep(counts, one => one.Id, one => one.Activity, Catalog, 50));
    }

    [Fact]
    public void A_table_takes_no_more_of_them_than_it_has_room_for()
    {
        var made = Enumerable.Range(0, 100).Select(i => new CampaignId($"x-{i}"));
        var table = Catalog.Including(made, maxUnlisted: 30);
        Assert.Equal((50, 20), (table.Count, table.CatalogCount));
        Assert.Same(table, table.Including([new CampaignId("one-more")], maxUnlisted: 30));
    }

    private static CampaignEdge Edge(int user, string campaign) =>
        new(new UserId($"u-{user}"), new CampaignId(campaign), 0, 0, 1, 0, 0, DateTimeOffset.UnixEpoch, []);
}
