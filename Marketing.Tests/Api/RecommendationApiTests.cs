namespace Marketing.Tests.Api;

public sealed class RecommendationApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hybrid")]
    [InlineData("classic")]
    public async Task What_similar_users_did_is_recommended_and_explained(string strategy)
    {
        await ApiServer.ReadAsync(await _client.PutAsync(
            new Uri("/campaigns/travel-card", UriKind.Relative),
            new StringContent("""{"name":"Travel card","text":"Pay abroad without fees"}""", null, "application/json"), Cancellation), 201, 200);
        await server.TakeInAsync(_client, """
            [{"userId":"r-1","type":"chat","text":"my card was declined in a shop abroad"},
             {"userId":"r-2","type":"chat","text":"card declined abroad in a shop"},
             {"userId":"r-2","type":"click","campaignId":"travel-card"}]
            """);
        await server.TakeInAsync(_client, """{"userId":"r-1","type":"chat","text":"declined again in another shop abroad"}""");

        var answer = await ApiServer.ReadAsync(await GetAsync($"/recommendations/r-1?strategy={strategy}&explain=true"), 200);
        Assert.Equal((strategy, "chat"), (answer.GetProperty("strategy").GetString(), answer.GetProperty("basis").GetString()));
        var best = answer.GetProperty("campaigns")[0];
        Assert.Equal("travel-card", best.GetProperty("campaignId").GetString());
        Assert.NotEqual("", best.GetProperty("reason").GetString());
        Assert.Contains(
            best.GetProperty("evidence").GetProperty("similarUsers").EnumerateArray(),
            user => user.GetProperty("userId").GetString() == "r-2");
        Assert.Equal(0, answer.GetProperty("degraded").GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_user_gets_an_answer_and_no_evidence_unless_asked_for()
    {
        var answer = await ApiServer.ReadAsync(await GetAsync("/recommendations/stranger"), 200);
        Assert.Equal("popular", answer.GetProperty("basis").GetString());
        Assert.All(answer.GetProperty("campaigns").EnumerateArray(), campaign => Assert.False(campaign.TryGetProperty("evidence", out _)));
    }

    [Theory]
    [InlineData("/recommendations/u?strategy=best", "strategy", "hybrid, classic")]
    [InlineData("/recommendations/u?limit=0", "limit", "between 1 and 100")]
    [InlineData("/recommendations/u?limit=101", "limit", "between 1 and 100")]
    [InlineData("/recommendations/u?limit=five", "limit", "whole number")]
    [InlineData("/recommendations/u?explain=perhaps", "explain", "true or false")]
    [InlineData("/recommendations/%07", "userId", "1 to 128 characters")]
    public async Task A_bad_parameter_is_refused_with_what_would_be_valid(string address, string field, string valid)
    {
        var problem = await ApiServer.ReadProblemAsync(await GetAsync(address), 400, field);
        Assert.Contains(valid, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
}
