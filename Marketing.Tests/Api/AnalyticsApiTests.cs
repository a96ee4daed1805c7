using Marketing.Api.Analytics;
using Marketing.Domain;

namespace Marketing.Tests.Api;

public sealed class AnalyticsApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rates_follow_from_counts_and_old_interactions_fall_out_of_the_window()
    {
        await server.TakeInAsync(_client, """
            [{"userId":"a","type":"view","campaignId":"rated"},{"userId":"b","type":"view","campaignId":"rated"},
             {"userId":"c","type":"view","campaignId":"rated"},{"userId":"d","type":"view","campaignId":"rated"},
             {"userId":"a","type":"click","campaignId":"rated"},{"userId":"b","type":"click","campaignId":"rated"},
             {"userId":"a","type":"convert","campaignId":"rated"},
             {"userId":"a","type":"click","campaignId":"rated","occurredAt":"2020-01-01T00:00:00Z"},
             {"userId":"a","type":"dismiss","campaignId":"unseen"}]
            """);

        var week = await FiguresAsync("/analytics/campaigns?window=7d");
        Assert.Equal(0.5, week["rated"].GetProperty("clickThroughRate").GetDouble());
        Assert.Equal(0.5, week["rated"].GetProperty("conversionRate").GetDouble());
        Assert.False(week["unseen"].TryGetProperty("clickThroughRate", out _));
        Assert.Equal(3, (await FiguresAsync("/analytics/campaigns"))["rated"].GetProperty("clicks").GetInt64());

        var trending = await ApiServer.ReadAsync(await GetAsync("/analytics/trending"), 200);
        Assert.Equal("rated", trending.GetProperty("items")[0].GetProperty("campaignId").GetString());
    }

    [Theory]
    [InlineData("/analytics/campaigns?window=soon", "window")]
    [InlineData("/analytics/campaigns?window=0d", "window")]
    [InlineData("/analytics/campaigns?cursor=x", "cursor")]
    [InlineData("/analytics/campaigns?limit=1001", "limit")]
    [InlineData("/analytics/trending?window=-1d", "window")]
    [InlineData("/analytics/trending?limit=0", "limit")]
    public async Task A_bad_parameter_is_refused_by_its_name(string address, string field) =>
        await ApiServer.ReadProblemAsync(await GetAsync(address), 400, field);

    [Fact]
    public void A_small_rise_does_not_outrank_a_large_one()
    {
        var trend = Trend.Of(
            [Clicks("small", 3), Clicks("large", 300), Clicks("steady", 50), Clicks("falling", 10)],
            [Clicks("small", 4), Clicks("large", 500), Clicks("steady", 100), Clicks("falling", 40)]).ToList();
        Assert.Equal(["large", "small"], trend.Select(campaign => campaign.CampaignId.Value));
        Assert.Equal((300, 200), (trend[0].Engagement, trend[0].Before));
    }

    private static CampaignCount Clicks(string id, long clicks) => new(new CampaignId(id), 0, 0, clicks, 0, 0);

    private async Task<Dictionary<string, System.Text.Json.JsonElement>> FiguresAsync(string address) =>
        (await ApiServer.ReadAsync(await GetAsync(address), 200)).GetProperty("items").EnumerateArray()
            .ToDictionary(item => item.GetProperty("campaignId").GetString()!);

    private Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
}
