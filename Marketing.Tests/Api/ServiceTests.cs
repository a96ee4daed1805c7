using Microsoft.AspNetCore.Mvc.Testing;

namespace Marketing.Tests.Api;

public sealed class ServiceTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_tells_of_every_store_and_of_the_queue()
    {
        var health = await ApiServer.ReadAsync(await GetAsync("/health"), 200);
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        foreach (var name in new[] { "log", "queue", "vectors", "graph", "engagement" })
        {
            Assert.Equal("healthy", health.GetProperty("checks").GetProperty(name).GetProperty("status").GetString());
        }

        var alive = await ApiServer.ReadAsync(await GetAsync("/alive"), 200);
        Assert.Equal("self", Assert.Single(alive.GetProperty("checks").EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_root_leads_to_the_reference_page_which_needs_no_network()
    {
        using var root = await GetAsync("/");
        Assert.Equal("/scalar", root.Headers.Location?.OriginalString);
        using var page = await GetAsync("/scalar/");
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        using var script = await GetAsync("/scalar/scalar.js");
        Assert.Equal(200, (int)script.StatusCode);
    }

    [Fact]
    public async Task An_address_that_is_not_there_and_a_method_that_is_not_taken_are_problems_too()
    {
        await ApiServer.ReadProblemAsync(await GetAsync("/nothing/here"), 404);
        using var response = await _client.DeleteAsync(new Uri("/interactions", UriKind.Relative), Cancellation);
        var problem = await ApiServer.ReadProblemAsync(response, 405);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
        Assert.Contains("POST", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_describes_every_operation_and_every_status()
    {
        var document = await ApiServer.ReadAsync(await GetAsync("/openapi/v1.json"), 200);
        var paths = document.GetProperty("paths");
        Assert.Equal(22, paths.EnumerateObject().Count());
        foreach (var (path, method, statuses) in new[]
        {
            ("/recommendations/{userId}", "get", "200 400 401 403 429"),
            ("/interactions", "post", "200 202 400 401 403 408 413 415 422 429 503"),
            ("/users/{userId}", "put", "200 201 400 401 403 413 415 422 429"),
            ("/campaigns/{campaignId}", "delete", "204 400 401 403 404 429"),
            ("/admin/jobs/{name}", "post", "200 400 401 403 404 429"),
            ("/admin/keys", "post", "201 400 401 403 413 415 422 429"),
        })
        {
            var responses = paths.GetProperty(path).GetProperty(method).GetProperty("responses");
            Assert.Equal(statuses, string.Join(' ', responses.EnumerateObject().Select(response => response.Name).Order()));
        }

        var limit = paths.GetProperty("/recommendations/{userId}").GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Single(parameter => parameter.GetProperty("name").GetString() == "limit").GetProperty("schema");
        Assert.Equal(("integer", 1, 100, 5), (
            limit.GetProperty("type").GetString(), limit.GetProperty("minimum").GetInt32(),
            limit.GetProperty("maximum").GetInt32(), limit.GetProperty("default").GetInt32()));
    }

    private Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
}
