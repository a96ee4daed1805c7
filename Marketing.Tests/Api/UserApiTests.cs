using System.Text;

namespace Marketing.Tests.Api;

public sealed class UserApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_user_did_is_shown_once_it_is_projected()
    {
        await server.TakeInAsync(_client, """
            [{"userId":"ada","type":"chat","text":"my card was declined","occurredAt":"2026-01-02T10:00:00Z"},
             {"userId":"ada","type":"view","campaignId":"travel","occurredAt":"2026-01-02T11:00:00Z"},
             {"userId":"ada","type":"click","campaignId":"travel","occurredAt":"2026-01-02T12:00:00Z"}]
            """);

        var user = await ApiServer.ReadAsync(await GetAsync("/users/ada"), 200);
        Assert.Equal("2026-01-02T12:00:00+00:00", user.GetProperty("lastSeenAt").GetString());
        var activity = Assert.Single(user.GetProperty("campaigns").EnumerateArray());
        Assert.Equal(("travel", 1, 1), (
            activity.GetProperty("campaignId").GetString(), activity.GetProperty("views").GetInt32(), activity.GetProperty("clicks").GetInt32()));
    }

    [Fact]
    public async Task A_user_that_nobody_has_heard_of_is_not_found()
    {
        await ApiServer.ReadProblemAsync(await GetAsync("/users/nobody"), 404);
        await ApiServer.ReadProblemAsync(await GetAsync("/users/nobody/export"), 404);
        Assert.Equal(0, (await ApiServer.ReadAsync(await GetAsync("/users/nobody/interactions"), 200)).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await ApiServer.ReadAsync(await GetAsync("/users/nobody/similar"), 200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Interactions_are_paged_newest_first()
    {
        await server.TakeInAsync(_client, $"[{string.Join(',', Enumerable.Range(1, 7).Select(day =>
            $$"""{"eventId":"paged-{{day}}","userId":"paged","type":"chat","text":"day {{day}}","occurredAt":"2026-01-0{{day}}T00:00:00Z"}"""))}]");

        List<string?> ids = [];
        string? cursor = null;
        do
        {
            var page = await ApiServer.ReadAsync(await GetAsync($"/users/paged/interactions?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}"), 200);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("eventId").GetString()));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(day => $"paged-{day}"), ids);
    }

    [Theory]
    [InlineData("/users/u/interactions?cursor=%21", "cursor")]
    [InlineData("/users/u/interactions?limit=0", "limit")]
    [InlineData("/users/u/interactions?limit=ten", "limit")]
    [InlineData("/users/u/similar?limit=101", "limit")]
    [InlineData("/users/a%0Ab", "userId")]
    public async Task A_bad_parameter_is_refused_by_its_name(string address, string field) =>
        await ApiServer.ReadProblemAsync(await GetAsync(address), 400, field);

    [Fact]
    public async Task Attributes_are_created_and_then_replaced()
    {
        Assert.Equal(201, (int)(await PutAsync("/users/eve", """{"attributes":{"segment":"student","country":"PT"}}""")).StatusCode);
        await ApiServer.ReadAsync(await PutAsync("/users/eve", """{"attributes":{"segment":"family"}}"""), 200);
        var attributes = (await ApiServer.ReadAsync(await GetAsync("/users/eve"), 200)).GetProperty("attributes");
        Assert.Equal("family", attributes.GetProperty("segment").GetString());
        Assert.False(attributes.TryGetProperty("country", out _));
    }

    [Theory]
    [InlineData("""{}""", "attributes")]
    [InlineData("""{"attributes":[]}""", "attributes")]
    [InlineData("""{"attributes":{"age":30}}""", "attributes.age")]
    [InlineData("""{"attributes":{},"name":"x"}""", "name")]
    [InlineData("""{""", "")]
    public async Task Bad_attributes_are_refused_by_the_name_of_their_field(string body, string field) =>
        await ApiServer.ReadProblemAsync(await PutAsync("/users/eve", body), 422, field);

    [Fact]
    public async Task An_id_with_a_slash_can_be_asked_for()
    {
        await PutAsync("/users/team%2Fann", """{"attributes":{"segment":"x"}}""");
        var user = await ApiServer.ReadAsync(await GetAsync("/users/team%2Fann"), 200);
        Assert.Equal("team/ann", user.GetProperty("userId").GetString());
    }

    [Fact]
    public async Task An_export_has_everything_and_an_erasure_leaves_nothing()
    {
        await PutAsync("/users/gone", """{"attributes":{"segment":"x"}}""");
        await server.TakeInAsync(_client, """
            [{"userId":"gone","type":"chat","text":"forget me","properties":{"channel":"app"}},
             {"userId":"gone","type":"click","campaignId":"c-1"}]
            """);

        var export = await ApiServer.ReadAsync(await GetAsync("/users/gone/export"), 200);
        Assert.Equal("x", export.GetProperty("attributes").GetProperty("segment").GetString());
        Assert.Single(export.GetProperty("campaigns").EnumerateArray());
        Assert.Contains(export.GetProperty("interactions").EnumerateArray(), item =>
            item.TryGetProperty("text", out var text) && text.GetString() == "forget me"
            && item.GetProperty("properties").GetProperty("channel").GetString() == "app");

        using var erasure = await _client.DeleteAsync(new Uri("/users/gone", UriKind.Relative), Cancellation);
        Assert.Equal(2, (await ApiServer.ReadAsync(erasure, 200)).GetProperty("interactions").GetInt64());
        await ApiServer.ReadProblemAsync(await GetAsync("/users/gone"), 404);
        await ApiServer.ReadProblemAsync(await GetAsync("/users/gone/export"), 404);
    }

    [Fact]
    public async Task Who_said_the_same_is_similar()
    {
        await server.TakeInAsync(_client, """
            [{"userId":"s-1","type":"chat","text":"my card was declined in a shop abroad"},
             {"userId":"s-2","type":"chat","text":"card declined abroad in a shop"},
             {"userId":"s-3","type":"chat","text":"how do I open a savings account for my child"}]
            """);
        var similar = (await ApiServer.ReadAsync(await GetAsync("/users/s-1/similar?limit=1"), 200)).GetProperty("items");
        Assert.Equal("s-2", similar[0].GetProperty("userId").GetString());
    }

    private Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

    private Task<HttpResponseMessage> PutAsync(string address, string body) =>
        _client.PutAsync(new Uri(address, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
