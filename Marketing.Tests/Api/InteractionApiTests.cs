using System.Text;
using System.Text.Json;

namespace Marketing.Tests.Api;

public sealed class InteractionApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Ndjson = "application/x-ndjson";
    private readonly HttpClient _client = server.CreateClient();

    [Fact]
    public async Task One_interaction_is_taken_in_and_its_retry_is_a_duplicate()
    {
        const string Body = """{"userId":"one","type":"chat","text":"hello"}""";
        var first = await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, Body), 200);
        var second = await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, Body), 200);
        Assert.Equal(1, first.GetProperty("accepted").GetInt64());
        Assert.Equal(0, second.GetProperty("accepted").GetInt64());
        Assert.Equal(1, second.GetProperty("duplicate").GetInt64());
    }

    [Fact]
    public async Task The_good_ones_of_a_bad_batch_are_kept_and_the_bad_ones_named()
    {
        var answer = await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, """
            [{"userId":"batch","type":"chat","text":"one"},
             {"userId":"batch","type":"view"},
             7,
             {"userId":"batch","type":"chat","text":"two"},
             {"userId":"batch","type":"chat","text":"two"}]
            """), 200);

        Assert.Equal(2, answer.GetProperty("accepted").GetInt64());
        Assert.Equal(1, answer.GetProperty("duplicate").GetInt64());
        Assert.Equal(2, answer.GetProperty("rejected").GetInt64());
        var rejections = answer.GetProperty("rejections").EnumerateArray().ToList();
        Assert.Equal((1, "campaignId"), (rejections[0].GetProperty("index").GetInt64(), rejections[0].GetProperty("field").GetString()));
        Assert.Equal((2, ""), (rejections[1].GetProperty("index").GetInt64(), rejections[1].GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Views_without_a_time_are_each_a_view_so_that_a_cap_is_reached()
    {
        const string View = """{"userId":"capped","type":"view","campaignId":"cap"}""";
        await server.TakeInAsync(_client, $"[{View},{View}]");
        await server.TakeInAsync(_client, View);
        var user = await ApiServer.ReadAsync(
            await _client.GetAsync(new Uri("/users/capped", UriKind.Relative), TestContext.Current.CancellationToken), 200);
        Assert.Equal(3, Assert.Single(user.GetProperty("campaigns").EnumerateArray()).GetProperty("views").GetInt32());
    }

    [Theory]
    [InlineData("application/json", "index", 1)]
    [InlineData(Ndjson, "line", 2)]
    public async Task An_id_that_belongs_to_another_interaction_is_a_conflict_that_is_counted_and_listed(string type, string place, long position)
    {
        var id = $"conflict-{place}";
        string Chat(string user, string text) => $$"""{"eventId":"{{id}}","userId":"{{user}}","type":"chat","text":"{{text}}"}""";
        string Body(params string[] items) => type == Ndjson ? string.Join('\n', items) : $"[{string.Join(',', items)}]";
        var mixed = await ApiServer.ReadAsync(
            await ApiServer.PostAsync(_client, Body(Chat("ida", "one"), Chat("ida", "two"), Chat("ida", "one")), type), 200);
        Assert.Equal((1, 1, 1, 0), (Count(mixed, "accepted"), Count(mixed, "duplicate"), Count(mixed, "conflict"), Count(mixed, "rejected")));
        var conflict = Assert.Single(mixed.GetProperty("conflicts").EnumerateArray());
        Assert.Equal((position, "eventId"), (conflict.GetProperty(place).GetInt64(), conflict.GetProperty("field").GetString()));

        var alone = await ApiServer.ReadProblemAsync(await ApiServer.PostAsync(_client, Body(Chat("otto", "one")), type), 422, "eventId");
        Assert.Equal((0, 0, 1), (Count(alone, "accepted"), Count(alone, "duplicate"), Count(alone, "conflict")));
        static long Count(JsonElement answer, string name) => answer.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task A_stream_is_taken_in_line_by_line_and_refusals_name_their_line()
    {
        var body = new StringBuilder();
        for (var i = 1; i <= 100; i++)
        {
            body.Append(i switch
            {
                10 => "\r\n",
                20 => "not json\n",
                30 => $$"""{"userId":"stream","type":"chat","text":"{{new string('x', 9_000)}}"}""" + "\n",
                _ => $$"""{"userId":"stream","type":"chat","text":"line {{i}}"}""" + (i % 2 == 0 ? "\n" : "\r\n"),
            });
        }

        var answer = await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, body.ToString(), Ndjson), 200);
        Assert.Equal(97, answer.GetProperty("accepted").GetInt64());
        Assert.Equal(2, answer.GetProperty("rejected").GetInt64());
        Assert.Equal([20, 30], answer.GetProperty("rejections").EnumerateArray().Select(rejection => rejection.GetProperty("line").GetInt64()));
    }

    [Fact]
    public async Task The_last_line_of_a_stream_needs_no_line_end()
    {
        var answer = await ApiServer.ReadAsync(await ApiServer.PostAsync(
            _client, """{"userId":"last","type":"chat","text":"the only line"}""", Ndjson), 200);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task An_empty_batch_and_an_empty_stream_are_fine()
    {
        foreach (var (body, type) in new[] { ("[]", "application/json"), ("", Ndjson), ("\n\n", Ndjson) })
        {
            var answer = await ApiServer.ReadAsync(await ApiServer.PostAsync(_client, body, type), 200);
            Assert.Equal(0, answer.GetProperty("accepted").GetInt64() + answer.GetProperty("rejected").GetInt64());
        }
    }

    [Fact]
    public async Task When_nothing_can_be_kept_the_answer_is_a_problem_with_the_same_counts()
    {
        var problem = await ApiServer.ReadProblemAsync(
            await ApiServer.PostAsync(_client, """{"userId":"u","type":"like"}"""), 422, "type");
        Assert.Equal(1, problem.GetProperty("rejected").GetInt64());
        Assert.Contains("chat, view, click", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_are_counted_beyond_those_that_are_listed()
    {
        var problem = await ApiServer.ReadProblemAsync(
            await ApiServer.PostAsync(_client, string.Concat(Enumerable.Repeat("{}\n", 20)), Ndjson), 422, "userId");
        Assert.Equal(20, problem.GetProperty("rejected").GetInt64());
        Assert.Equal(5, problem.GetProperty("rejections").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"userId\":")]
    [InlineData("[{},")]
    [InlineData("[] []")]
    public async Task A_body_that_is_no_Json_takes_in_nothing(string body) =>
        await ApiServer.ReadProblemAsync(await ApiServer.PostAsync(_client, body), 400, "");

    [Fact]
    public async Task Going_over_a_limit_of_a_batch_names_the_limit()
    {
        var many = $"[{string.Join(',', Enumerable.Repeat("{}", 51))}]";
        var large = $"[{new string(' ', 30_000)}]";
        foreach (var (body, limit) in new[] { (many, "MaxBatchItems"), (large, "MaxBatchBytes") })
        {
            var problem = await ApiServer.ReadProblemAsync(await ApiServer.PostAsync(_client, body), 413);
            Assert.Contains(limit, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("text/plain", "utf-8")]
    [InlineData("application/xml", "utf-8")]
    [InlineData("application/json", "utf-16")]
    public async Task Another_content_type_is_refused_with_those_that_are_taken(string type, string charset)
    {
        using var content = new StringContent("[]", Encoding.GetEncoding(charset), type);
        var problem = await ApiServer.ReadProblemAsync(
            await _client.PostAsync(new Uri("/interactions", UriKind.Relative), content, TestContext.Current.CancellationToken), 415);
        Assert.Contains(Ndjson, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
