using Marketing.Domain;
using Marketing.Recommendations.Learned.Engagement;

namespace Marketing.Tests.Recommendations.Learned;

public sealed class EngagementRateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly EngagementOptions Options = new();

    [Fact]
    public void One_lucky_campaign_does_not_lead_over_one_that_is_proven()
    {
        var part = Estimate(Count("lucky", views: 2, conversions: 2), Count("proven", views: 1000, conversions: 300), Count("dull", views: 5000));

        Assert.True(Rate(part, "proven") > Rate(part, "lucky"));
        Assert.True(Rate(part, "lucky") > Rate(part, "dull"));
    }

    [Fact]
    public void A_campaign_shown_to_nobody_has_the_overall_rate()
    {
        var part = Estimate(Count("a", views: 100, conversions: 10), Count("new", views: 0, chats: 1));

        Assert.Equal(part.PriorRate, Rate(part, "new"), 1e-6);
    }

    [Fact]
    public void A_click_is_worth_less_than_a_conversion()
    {
        var part = Estimate(Count("clicked", views: 100, clicks: 20), Count("converted", views: 100, conversions: 20));

        Assert.True(Rate(part, "converted") > Rate(part, "clicked"));
    }

    [Fact]
    public void Old_success_counts_less_than_recent_success()
    {
        CampaignCount[] totals = [Count("old", views: 200, conversions: 50), Count("recent", views: 200, conversions: 50)];
        // All conversions of "old" are over a month old and none of "recent"; views have the same age.
        var bands = new AgeBands([.. AgeBands.Bounds.Select(_ => Index(Count("old", views: 100, conversions: 50), Count("recent", views: 100)))]);

        var part = EngagementRate.Estimate(totals, bands, Options, Now);

        Assert.True(Rate(part, "recent") > Rate(part, "old"));
    }

    [Fact]
    public void What_is_picked_up_today_is_a_trend()
    {
        CampaignCount[] totals = [Count("steady", clicks: 80), Count("rising", clicks: 80)];
        var olderThanADay = Index(Count("steady", clicks: 70), Count("rising", clicks: 20));
        var bands = new AgeBands([olderThanADay, Index(), Index()]);

        var part = EngagementRate.Estimate(totals, bands, Options, Now);

        Assert.True(part.Campaigns[new("rising")].Trend > 2 * part.Campaigns[new("steady")].Trend);
    }

    [Fact]
    public void Rates_stay_between_zero_and_one_whatever_is_counted()
    {
        var part = Estimate(
            Count("no views", clicks: 5, conversions: 9), Count("dismissed", dismissals: 7), Count("nothing"), Count("all", 1, 2, 3, 4, 5));

        Assert.All(part.Campaigns.Values, campaign => Assert.InRange(campaign.Rate, 0, 1));
    }

    private static float Rate(EngagementPart part, string id) => part.Campaigns[new(id)].Rate;

    private static EngagementPart Estimate(params CampaignCount[] totals) =>
        EngagementRate.Estimate(totals, new AgeBands([.. AgeBands.Bounds.Select(_ => Index())]), Options, Now);

    private static Dictionary<CampaignId, CampaignCount> Index(params CampaignCount[] counts) =>
        counts.ToDictionary(count => count.CampaignId);

    private static CampaignCount Count(
        string id, long chats = 0, long views = 0, long clicks = 0, long conversions = 0, long dismissals = 0) =>
        new(new CampaignId(id), chats, views, clicks, conversions, dismissals);
}
