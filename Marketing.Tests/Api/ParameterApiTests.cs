using System.Text;
using Marketing.Api.Hosting;

namespace Marketing.Tests.Api;

public sealed class ParameterApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/recommendations/u?limt=3", "limt", "did you mean limit?")]
    [InlineData("/recommendations/u?stratgy=classic", "stratgy", "did you mean strategy?")]
    [InlineData("/recommendations/u?explian=true", "explian", "did you mean explain?")]
    [InlineData("/analytics/campaigns?windw=7d", "windw", "did you mean window?")]
    [InlineData("/analytics/campaigns?curser=x", "curser", "The parameters are window, cursor, limit")]
    [InlineData("/users/u?limit=3", "limit", "it has no parameters")]
    [InlineData("/recommendations/u?limit=3&limit=4", "limit", "must not be given more than once")]
    [InlineData("/recommendations/u?limit=3&LIMIT=4", "limit", "must not be given more than once")]
    [InlineData("/recommendations/u?limit=", "limit", "between 1 and 100")]
    [InlineData("/recommendations/u?limit=+5", "limit", "between 1 and 100")]
    [InlineData("/recommendations/u?limit=99999999999", "limit", "between 1 and 100")]
    [InlineData("/recommendations/u?explain=yes", "explain", "must be true or false")]
    [InlineData("/recommendations/u?strategy=best", "strategy", "one of hybrid, classic")]
    [InlineData("/analytics/trending?window=7", "window", "such as 7d")]
    [InlineData("/users/u/interactions?limit=501", "limit", "between 1 and 500")]
    public async Task What_is_wrong_with_a_parameter_is_said_in_one_shape(string address, string field, string valid)
    {
        var problem = await ApiServer.ReadProblemAsync(await GetAsync(address), 400, field);
        Assert.Equal("Bad Request", problem.GetProperty("title").GetString());
        Assert.Contains(valid, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(problem.GetProperty("errors").GetProperty(field)[0].GetString(), problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var problem = await ApiServer.ReadProblemAsync(await GetAsync("/recommendations/a%0Ab?limit=0&explain=perhaps&foo=1"), 400);
        Assert.Equal(["userId", "limit", "explain", "foo"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Theory]
    [InlineData("/recommendations/u?strategy=HYBRID")]
    [InlineData("/recommendations/u?strategy=Classic&explain=TRUE")]
    public async Task Names_are_understood_whatever_their_case(string address) => await ApiServer.ReadAsync(await GetAsync(address), 200);

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/html;q=0.5")]
    [InlineData("nonsense")]
    public async Task Every_error_is_a_problem_whatever_Accept_says(string accept)
    {
        foreach (var (method, address, status) in new[]
        {
            ("GET", "/recommendations/u?limit=ten", 400), ("GET", "/recommendations/a%0Ab", 400), ("GET", "/nothing", 404),
            ("PATCH", "/interactions", 405), ("GET", "/users/nobody", 404), ("POST", "/interactions", 415),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("Accept", accept);
            await ApiServer.ReadProblemAsync(await _client.SendAsync(request, Cancellation), status);
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json; charset=UTF-8", 201)]
    [InlineData("application/json; charset=\"utf-8\"", 200)]
    public async Task Another_charset_than_UTF_8_is_refused(string type, int status)
    {
        using var body = new ByteArrayContent("""{"name":"n"}"""u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        using var put = await _client.PutAsync(new Uri("/campaigns/charset", UriKind.Relative), body, Cancellation);
        Assert.True(status == (int)put.StatusCode || (put.IsSuccessStatusCode && status < 300), $"{put.StatusCode}");
        using var lines = new ByteArrayContent("""{"userId":"charset","type":"chat","text":"hi"}"""u8.ToArray());
        lines.Headers.TryAddWithoutValidation("Content-Type", type.Replace("json", "x-ndjson", StringComparison.Ordinal));
        using var post = await _client.PostAsync(new Uri("/interactions", UriKind.Relative), lines, Cancellation);
        Assert.Equal(status == 415, (int)post.StatusCode == 415);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task What_cannot_be_decoded_is_a_rejected_item_with_its_place_and_never_a_replacement_character(string type)
    {
        var lines = type.EndsWith("ndjson", StringComparison.Ordinal);
        var user = $"bytes-{lines}";
        byte[][] items =
        [
            Encoding.UTF8.GetBytes($$"""{"userId":"{{user}}","type":"chat","text":"good"}"""),
            [.. Encoding.UTF8.GetBytes($$"""{"userId":"{{user}}","type":"chat","text":"caf"""), 0xE9, .. "\"}"u8],
            Encoding.UTF8.GetBytes($$"""{"userId":"{{user}}","type":"chat","text":"\ud800"}"""),
            Encoding.UTF8.GetBytes($$$"""{"userId":"{{{user}}}","type":"chat","text":"hi","properties":{"a":["\udc00"]}}"""),
            [.. Encoding.UTF8.GetBytes($$"""{"userId":"{{user}}"""), 0xED, 0xA0, 0x80, .. "\",\"type\":\"chat\",\"text\":\"hi\"}"u8],
        ];
        byte[] body = lines
            ? [.. items.SelectMany(item => item.Append((byte)'\n'))]
            : [.. "["u8, .. items.SelectMany((item, index) => index == 0 ? item : item.Prepend((byte)',')), .. "]"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var answer = await ApiServer.ReadAsync(await _client.PostAsync(new Uri("/interactions", UriKind.Relative), content, Cancellation), 200);
        Assert.Equal((1, 4), (answer.GetProperty("accepted").GetInt64(), answer.GetProperty("rejected").GetInt64()));
        Assert.Equal(lines ? [2, 3, 4, 5] : [1, 2, 3, 4], answer.GetProperty("rejections").EnumerateArray()
            .Select(rejection => rejection.GetProperty(lines ? "line" : "index").GetInt64()));
        var export = await _client.GetStringAsync(new Uri($"/users/{user}/export", UriKind.Relative), Cancellation);
        Assert.DoesNotContain('\uFFFD', export);
    }

    [Fact]
    public async Task Names_have_code_points_and_are_not_blank()
    {
        await ApiServer.ReadAsync(await PutAsync("/campaigns/emoji", $$"""{"name":"{{string.Concat(Enumerable.Repeat("🙂", 200))}}"}"""), 201);
        await ApiServer.ReadProblemAsync(await PutAsync("/campaigns/emoji", $$"""{"name":"{{string.Concat(Enumerable.Repeat("🙂", 201))}}"}"""), 422, "name");
        await ApiServer.ReadProblemAsync(await PutAsync("/campaigns/blank", """{"name":" \t "}"""), 422, "name");
        await ApiServer.ReadAsync(await PutAsync("/campaigns/mark", "\uFEFF{\"name\":\"with a byte order mark\"}"), 201);
    }

    [Theory]
    [InlineData("/users/null", "userId")]
    [InlineData("/users/%20u", "userId")]
    [InlineData("/users/Anonymous", "userId")]
    [InlineData("/campaigns/undefined", "campaignId")]
    public async Task A_refused_id_is_refused_in_an_address_too(string address, string field) =>
        await ApiServer.ReadProblemAsync(await PutAsync(address, """{"attributes":{}}"""), 400, field);

    [Fact]
    public async Task Which_ids_are_refused_is_a_setting()
    {
        await using var fresh = new ApiServer();
        await using var own = fresh.WithWebHostBuilder(builder => builder
            .UseSetting("Interactions:RefusedIds:0", "test")
            .UseSetting("Interactions:RefusedUserIds:0", ""));
        using var client = own.CreateClient();
        foreach (var (id, status) in new[] { ("TEST", 400), ("null", 201), ("anonymous", 201) })
        {
            using var body = new StringContent("""{"attributes":{}}""", Encoding.UTF8, "application/json");
            using var put = await client.PutAsync(new Uri($"/users/{id}", UriKind.Relative), body, Cancellation);
            Assert.Equal((id, status), (id, (int)put.StatusCode));
        }
    }

    [Fact]
    public void A_wrong_limit_of_a_body_stops_the_start_with_its_name()
    {
        var validator = new RequestBodyOptionsValidator();
        Assert.Contains("RequestBodies:MaxExpansionRatio", validator.Validate(null, new RequestBodyOptions { MaxExpansionRatio = 1 }).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("RequestBodies:MaxExpandedBytes", validator.Validate(null, new RequestBodyOptions { MaxExpandedBytes = 0 }).FailureMessage, StringComparison.Ordinal);
        Assert.True(validator.Validate(null, new RequestBodyOptions()).Succeeded);
    }

    private Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

    private Task<HttpResponseMessage> PutAsync(string address, string body) =>
        _client.PutAsync(new Uri(address, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
