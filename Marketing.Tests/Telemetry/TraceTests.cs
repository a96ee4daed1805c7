using System.Diagnostics;
using System.Text;
using Marketing.Tests.Servers;

namespace Marketing.Tests.Telemetry;

/// <summary>What the dashboard shows for a request.</summary>
public sealed class TraceTests(TracedServer server) : IClassFixture<TracedServer>
{
    private static readonly string[] Projections = ["project vectors", "project graph", "project engagement"];

    private readonly HttpClient _client = server.CreateClient();
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    [Fact]
    public async Task A_posted_chat_is_one_trace_from_the_request_through_the_queue_to_each_projection()
    {
        await PostAsync("""{"userId":"t-1","type":"chat","campaignId":"c-1","text":"my card was declined"}""", recorded: true);
        await ProjectedAsync();

        var request = Assert.Single(Spans, span => span.ParentSpanId != default && span.DisplayName == "POST /interactions");
        var append = Only("append");
        Assert.Equal((request.SpanId, ActivityKind.Producer), (append.ParentSpanId, append.Kind));
        Assert.Equal((1, 1, 0), (append.GetTagItem("marketing.batch.size"), append.GetTagItem("marketing.accepted"), append.GetTagItem("marketing.duplicate")));
        var project = Only("project");
        Assert.Equal((append.SpanId, ActivityKind.Consumer), (project.ParentSpanId, project.Kind));
        Assert.All(Projections, name => Assert.Equal(project.SpanId, Only(name).ParentSpanId));
        Assert.Equal(Only("project vectors").SpanId, Only("embed").ParentSpanId);
    }

    [Fact]
    public async Task A_request_that_is_not_recorded_leaves_no_span()
    {
        await PostAsync("""{"userId":"t-2","type":"chat","text":"not to be traced"}""", recorded: false);
        await server.TakeInAsync(_client, """{"userId":"t-2","type":"chat","text":"nor this"}""");
        await GetAsync("/recommendations/t-2", recorded: false);
        Assert.Empty(Spans);
    }

    [Theory]
    [InlineData("hybrid", "recall", "recall.similarUsers", "recall.behaviour", "recall.popular", "blend", "eligibility")]
    [InlineData("classic")]
    public async Task A_recommendation_shows_its_steps_and_one_from_the_cache_that_it_needed_none(string strategy, params string[] more)
    {
        await server.TakeInAsync(_client, $$"""
            [{"userId":"{{strategy}}-1","type":"chat","text":"my card was declined in a shop abroad"},
             {"userId":"{{strategy}}-2","type":"chat","text":"card declined abroad in a shop"},
             {"userId":"{{strategy}}-2","type":"click","campaignId":"travel-card"}]
            """);

        await GetAsync($"/recommendations/{strategy}-1?strategy={strategy}", recorded: true);
        var computed = Only("recommend");
        Assert.Equal((strategy, "chat", "miss"), Answer(computed));
        Assert.Null(computed.GetTagItem("marketing.cache.level"));
        Assert.All(
            ["vectors.latest", "vectors.search", "graph.own", "graph.neighbours", "rank", .. more.Where(name => !name.StartsWith("recall.", StringComparison.Ordinal))],
            name => Assert.Equal(computed.SpanId, Only(name).ParentSpanId));
        Assert.All(more, name => Only(name));

        var again = ActivityTraceId.CreateRandom();
        await GetAsync($"/recommendations/{strategy}-1?strategy={strategy}", recorded: true, again);
        var spans = server.Spans.Of(again);
        Assert.Equal(["GET /recommendations/{userId}", "recommend"], spans.Select(span => span.DisplayName));
        Assert.Equal((strategy, "chat", "hit"), Answer(spans[1]));
        Assert.Equal("memory", spans[1].GetTagItem("marketing.cache.level"));
    }

    [Fact]
    public async Task No_span_says_what_was_said_or_by_whom()
    {
        await PostAsync("""{"userId":"private-person","type":"chat","campaignId":"c-1","text":"a confidential sentence"}""", recorded: true);
        await ProjectedAsync();
        foreach (var address in new[] { "/recommendations/private-person?explain=true", "/users/private-person/interactions?limit=5", "/nothing/private-person", "/users/private-person" })
        {
            await GetAsync(address, recorded: true);
        }

        using var erasure = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/users/private-person"), _trace, recorded: true);
        Assert.True(Spans.Count > 10);
        Assert.All(Spans.Select(SpanCollector.TextOf), text =>
        {
            Assert.DoesNotContain("private-person", text, StringComparison.Ordinal);
            Assert.DoesNotContain("confidential", text, StringComparison.Ordinal);
        });
    }

    private IReadOnlyList<Activity> Spans => server.Spans.Of(_trace);

    private Activity Only(string name) => Assert.Single(Spans, span => span.OperationName == name);

    private static (object? Strategy, object? Basis, object? Cache) Answer(Activity span) =>
        (span.GetTagItem("marketing.strategy"), span.GetTagItem("marketing.basis"), span.GetTagItem("marketing.cache"));

    private Task ProjectedAsync() => Eventually.TrueAsync(
        "the batch has ended", () => Task.FromResult(Spans.Any(span => span.OperationName == "project")));

    private async Task PostAsync(string body, bool recorded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/interactions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await SendAsync(request, _trace, recorded);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private async Task GetAsync(string address, bool recorded, ActivityTraceId? trace = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await SendAsync(request, trace ?? _trace, recorded);
    }

    /// <summary>Sends a request in a trace, and waits for its span, which ends after the response has arrived.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, ActivityTraceId trace, bool recorded)
    {
        var before = Requests(trace);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-{(recorded ? "01" : "00")}");
        var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        if (recorded)
        {
            await Eventually.TrueAsync("the request has ended", () => Task.FromResult(Requests(trace) > before));
        }

        return response;
    }

    private int Requests(ActivityTraceId trace) => server.Spans.Of(trace).Count(span => span.Kind == ActivityKind.Server);
}
