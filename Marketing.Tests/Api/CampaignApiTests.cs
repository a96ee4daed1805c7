using System.Text;

namespace Marketing.Tests.Api;

public sealed class CampaignApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_comes_back_as_it_was_put()
    {
        const string Body = """
            {"campaignId":"full","name":"Full","text":"All of it","startsAt":"2026-01-01T00:00:00Z","endsAt":"2030-01-01T00:00:00Z",
             "audience":{"segment":["student","family"]},"frequencyCap":{"maxViews":3,"window":"36h"},"properties":{"owner":"ann"}}
            """;
        await ApiServer.ReadAsync(await PutAsync("full", Body), 201);
        await ApiServer.ReadAsync(await PutAsync("full", Body), 200);
        var campaign = await ApiServer.ReadAsync(await GetAsync("/campaigns/full"), 200);
        Assert.Equal("Full", campaign.GetProperty("name").GetString());
        Assert.Equal("family", campaign.GetProperty("audience").GetProperty("segment")[1].GetString());
        Assert.Equal("36h", campaign.GetProperty("frequencyCap").GetProperty("window").GetString());
        Assert.Equal("ann", campaign.GetProperty("properties").GetProperty("owner").GetString());
        await ApiServer.ReadAsync(await PutAsync("full", campaign.GetRawText()), 200);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("[]", "")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", "")]
    [InlineData("{\"name\":\"\\ud800\"}", "")]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":\"\"}", "name")]
    [InlineData("{\"name\":\"n\",\"colour\":1}", "colour")]
    [InlineData("{\"name\":\"n\",\"campaignId\":\"other\"}", "campaignId")]
    [InlineData("{\"name\":\"n\",\"text\":7}", "text")]
    [InlineData("{\"name\":\"n\",\"startsAt\":\"tomorrow\"}", "startsAt")]
    [InlineData("{\"name\":\"n\",\"startsAt\":\"2026-01-02T00:00:00Z\",\"endsAt\":\"2026-01-01T00:00:00Z\"}", "endsAt")]
    [InlineData("{\"name\":\"n\",\"audience\":{\"segment\":\"student\"}}", "audience")]
    [InlineData("{\"name\":\"n\",\"audience\":{\"segment\":[]}}", "audience")]
    [InlineData("{\"name\":\"n\",\"frequencyCap\":{\"maxViews\":0,\"window\":\"7d\"}}", "frequencyCap")]
    [InlineData("{\"name\":\"n\",\"frequencyCap\":{\"maxViews\":11,\"window\":\"7d\"}}", "frequencyCap")]
    [InlineData("{\"name\":\"n\",\"frequencyCap\":{\"maxViews\":1,\"window\":\"a week\"}}", "frequencyCap")]
    [InlineData("{\"name\":\"n\",\"properties\":[]}", "properties")]
    public async Task A_bad_campaign_is_refused_by_the_name_of_its_field(string body, string field) =>
        await ApiServer.ReadProblemAsync(await PutAsync("bad", body), 422, field);

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var problem = await ApiServer.ReadProblemAsync(await PutAsync("bad", """{"text":7,"audience":1}"""), 422, "name");
        Assert.Equal(3, problem.GetProperty("errors").EnumerateObject().Count());
    }

    [Fact]
    public async Task Campaigns_are_paged_by_id()
    {
        foreach (var id in new[] { "page-c", "page-a", "page-b" })
        {
            await PutAsync(id, $$"""{"name":"{{id}}"}""");
        }

        List<string> ids = [];
        var address = "/campaigns?limit=1&cursor=";
        while (true)
        {
            var page = await ApiServer.ReadAsync(await GetAsync(address), 200);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("campaignId").GetString()!));
            if (!page.TryGetProperty("nextCursor", out var cursor))
            {
                break;
            }

            address = $"/campaigns?limit=1&cursor={cursor.GetString()}";
        }

        Assert.Equal(["page-a", "page-b", "page-c"], ids.Where(id => id.StartsWith("page-", StringComparison.Ordinal)));
        await ApiServer.ReadProblemAsync(await GetAsync("/campaigns?cursor=%C3%A9"), 400, "cursor");
    }

    [Fact]
    public async Task A_deleted_campaign_is_gone()
    {
        await PutAsync("short-lived", """{"name":"Short"}""");
        using var deleted = await DeleteAsync("short-lived");
        Assert.Equal(204, (int)deleted.StatusCode);
        await ApiServer.ReadProblemAsync(await GetAsync("/campaigns/short-lived"), 404);
        await ApiServer.ReadProblemAsync(await DeleteAsync("short-lived"), 404);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_Json_is_refused()
    {
        await ApiServer.ReadProblemAsync(await PutAsync("large", $$"""{"name":"{{new string('x', 300_000)}}"}"""), 413);
        await ApiServer.ReadProblemAsync(await PutAsync("text", "name", "text/plain"), 415);
    }

    private Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

    private Task<HttpResponseMessage> DeleteAsync(string id) =>
        _client.DeleteAsync(new Uri($"/campaigns/{id}", UriKind.Relative), Cancellation);

    private Task<HttpResponseMessage> PutAsync(string id, string body, string type = "application/json") =>
        _client.PutAsync(new Uri($"/campaigns/{id}", UriKind.Relative), new StringContent(body, Encoding.UTF8, type), Cancellation);
}
