using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

public sealed class AdminApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Token = "fedcba9876543210fedcba9876543210";

    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projections_are_rebuilt_checked_and_repaired()
    {
        await server.TakeInAsync(_client, """{"userId":"p","type":"click","campaignId":"c"}""");
        foreach (var name in new[] { "vectors", "graph", "engagement" })
        {
            var report = await ApiServer.ReadAsync(await PostAsync($"/admin/projections/{name}/rebuild"), 200);
            Assert.Equal(name, report.GetProperty("projection").GetString());
        }

        var check = await ApiServer.ReadAsync(await _client.GetAsync(new Uri("/admin/consistency", UriKind.Relative), Cancellation), 200);
        Assert.True(check.GetProperty("consistent").GetBoolean(), check.ToString());
        Assert.Equal(3, check.GetProperty("projections").GetArrayLength());
        Assert.True((await ApiServer.ReadAsync(await PostAsync("/admin/consistency/repair"), 200)).GetProperty("consistent").GetBoolean());
    }

    [Theory]
    [InlineData("/admin/projections/cache/rebuild", "vectors, graph, engagement")]
    [InlineData("/admin/jobs/tea", "consistency")]
    public async Task An_unknown_name_is_refused_with_those_there_are(string address, string names)
    {
        var problem = await ApiServer.ReadProblemAsync(await PostAsync(address), 404);
        Assert.Contains(names, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_runs_when_asked_for()
    {
        var answer = await ApiServer.ReadAsync(await PostAsync("/admin/jobs/consistency"), 200);
        Assert.NotEqual("", answer.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_dead_letter_is_listed_without_its_payload_and_replayed_once_it_is_valid()
    {
        var letters = server.Services.GetRequiredService<IDeadLetters>();
        await letters.AddAsync(
        [
            new DeadLetter("good/1", "kafka", "was broken", DateTimeOffset.UnixEpoch, null, new UserId("dl"), """{"userId":"dl","type":"chat","text":"second chance"}"""),
            new DeadLetter("bad", "kafka", "is broken", DateTimeOffset.UnixEpoch, null, null, """{"userId":"dl"}"""),
        ], Cancellation);

        var page = await ApiServer.ReadAsync(await _client.GetAsync(new Uri("/admin/dead-letters", UriKind.Relative), Cancellation), 200);
        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        Assert.DoesNotContain("second chance", page.ToString(), StringComparison.Ordinal);

        Assert.Equal(204, (int)(await PostAsync("/admin/dead-letters/good%2F1/replay")).StatusCode);
        await ApiServer.ReadProblemAsync(await PostAsync("/admin/dead-letters/good%2F1/replay"), 404);
        var log = server.Services.GetRequiredService<IInteractionLog>();
        Assert.Equal("second chance", Assert.Single((await log.ReadUserAsync(new UserId("dl"), null, 10, Cancellation)).Items).Text);

        await ApiServer.ReadProblemAsync(await PostAsync("/admin/dead-letters/bad/replay"), 422, "type");
        using var given = await _client.DeleteAsync(new Uri("/admin/dead-letters/bad", UriKind.Relative), Cancellation);
        Assert.Equal(204, (int)given.StatusCode);
        await ApiServer.ReadProblemAsync(await _client.DeleteAsync(new Uri("/admin/dead-letters/bad", UriKind.Relative), Cancellation), 404);
        await ApiServer.ReadProblemAsync(await _client.GetAsync(new Uri("/admin/dead-letters?cursor=-", UriKind.Relative), Cancellation), 400, "cursor");
    }

    [Fact]
    public async Task Dead_letters_are_replayed_and_given_up_by_filter_in_one_call()
    {
        await using var own = new ApiServer();
        using var client = own.CreateClient();
        var letters = own.Services.GetRequiredService<IDeadLetters>();
        await letters.AddAsync(
            [
                .. Enumerable.Range(0, 600).Select(n => Letter($"good-{n}", $$"""{"userId":"many","type":"chat","text":"chat {{n}}"}""")),
                .. Enumerable.Range(0, 3).Select(n => Letter($"bad-{n}", """{"userId":"many"}""")),
                Letter("other", "x") with { Source = "kafka" },
            ],
            Cancellation);

        var listed = await ApiServer.ReadAsync(await client.GetAsync(Address("?source=kafka"), Cancellation), 200);
        Assert.Equal("other", Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        var replay = await ApiServer.ReadAsync(await client.PostAsync(Address("/replay?source=file&reason=TIME&before=2026-02-01T00:00:00Z"), null, Cancellation), 200);
        Assert.Equal((600, 3), (replay.GetProperty("replayed").GetInt64(), replay.GetProperty("refused").GetInt64()));
        Assert.Equal(["type", "type", "type"], replay.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("field").GetString()));
        Assert.Equal(600, (await own.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancellation)).Total);

        await ApiServer.ReadProblemAsync(await client.DeleteAsync(Address(""), Cancellation), 400, "all");
        Assert.Equal(3, await RemovedAsync("?source=file:a.csv"));
        Assert.Equal(0, await RemovedAsync("?since=2027-01-01T00:00:00Z"));
        Assert.Equal(1, await RemovedAsync("?all=true"));
        static Uri Address(string rest) => new($"/admin/dead-letters{rest}", UriKind.Relative);
        static DeadLetter Letter(string id, string payload) =>
            new(id, "file:a.csv", "line 1: occurredAt must be a time", new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), null, null, payload);
        async Task<long> RemovedAsync(string filter) =>
            (await ApiServer.ReadAsync(await client.DeleteAsync(Address(filter), Cancellation), 200)).GetProperty("removed").GetInt64();
    }

    [Fact]
    public async Task The_sample_world_can_be_loaded_twice()
    {
        await using var other = new ApiServer();
        using var client = other.CreateClient();
        using var first = await client.PostAsync(new Uri("/admin/sample-data", UriKind.Relative), null, Cancellation);
        using var second = await client.PostAsync(new Uri("/admin/sample-data", UriKind.Relative), null, Cancellation);
        Assert.True((await ApiServer.ReadAsync(first, 200)).GetProperty("interactions").GetInt32() > 0);
        Assert.Equal(0, (await ApiServer.ReadAsync(second, 200)).GetProperty("interactions").GetInt32());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Via", "1.1 gateway")]
    public async Task Without_a_token_only_the_same_machine_is_let_in(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/dead-letters");
        request.Headers.Add(header, value);
        var problem = await ApiServer.ReadProblemAsync(await _client.SendAsync(request, Cancellation), 403);
        Assert.Contains("Access:AdminKey", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData($"Basic {Token}", 401)]
    [InlineData($"Bearer {Token}", 200)]
    [InlineData($"bearer {Token}", 200)]
    public async Task With_a_token_set_only_who_shows_it_is_let_in(string? authorization, int status)
    {
        using var folder = new TemporaryFolder();
        await using var guarded = server.WithWebHostBuilder(
            builder => builder.UseSetting("Access:AdminKey", Token).UseSetting("Storage:DataDirectory", folder.Path));
        using var client = guarded.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/dead-letters");
        if (authorization is not null)
        {
            request.Headers.Add("Authorization", authorization);
        }

        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme == "Bearer"));
    }

    private Task<HttpResponseMessage> PostAsync(string address) =>
        _client.PostAsync(new Uri(address, UriKind.Relative), null, Cancellation);
}
