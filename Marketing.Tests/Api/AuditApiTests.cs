using System.Security.Claims;
using System.Text.Json;
using Marketing.Api.Audit;
using Marketing.Domain.Ports;
using Marketing.Projections.Audit;
using Marketing.Tests.Projections.Audit;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

public sealed class AuditApiTests(ApiServer server) : IClassFixture<ApiServer>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_endpoint_that_changes_something_or_exports_is_audited()
    {
        string[] unaudited = ["/interactions", "/recommendations/{userId}"];
        string[] changing = ["POST", "PUT", "PATCH", "DELETE"];
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !unaudited.Contains(endpoint.RoutePattern.RawText))
            .Where(endpoint => endpoint.RoutePattern.RawText!.EndsWith("/export", StringComparison.Ordinal)
                || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Intersect(changing).Any() == true)
            .ToList();

        Assert.True(endpoints.Count >= 11, "the endpoints are not found");
        Assert.Empty(endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<AuditedEndpoint>() is null).Select(endpoint => endpoint.DisplayName));
        Assert.All(endpoints, endpoint =>
        {
            var audited = endpoint.Metadata.GetRequiredMetadata<AuditedEndpoint>();
            Assert.Contains(audited.Action, AuditAction.All);
            Assert.Equal(endpoint.RoutePattern.Parameters.SingleOrDefault()?.Name, audited.Parameter);
            Assert.Equal(
                audited.Parameter is not null && audited.Action.Split('.')[0] is "users" or "dead-letters", audited.IsPersonal);
        });
    }

    [Fact]
    public async Task Who_did_what_is_in_the_trail_when_the_answer_is_there()
    {
        await server.TakeInAsync(_client, """{"userId":"aud/it","type":"click","campaignId":"c"}""");
        await SendAsync(HttpMethod.Put, "/users/aud%2Fit", 201, """{"attributes":{"segment":"gold"}}""");
        await SendAsync(HttpMethod.Get, "/users/aud%2Fit/export", 200);
        await SendAsync(HttpMethod.Delete, "/users/aud%2Fit", 200);
        await SendAsync(HttpMethod.Get, "/users/aud%2Fit/export", 404);

        var entries = await ReadAsync("?target=aud%2Fit");
        Assert.Equal(
            [("users.export", 404), ("users.erase", 200), ("users.export", 200), ("users.update", 201)],
            entries.Select(entry => (entry.GetProperty("action").GetString(), entry.GetProperty("outcome").GetInt32())));
        Assert.All(entries, entry => Assert.Equal("anonymous", entry.GetProperty("actor").GetProperty("id").GetString()));
        Assert.DoesNotContain("aud/it", string.Concat(entries), StringComparison.Ordinal);
        Assert.DoesNotContain("gold", string.Concat(entries), StringComparison.Ordinal);
        var hash = Assert.Single(entries.Select(entry => entry.GetProperty("target").GetString()).Distinct());
        Assert.Equal(4, (await ReadAsync($"?target={hash}")).Count);
    }

    [Fact]
    public async Task What_operators_do_is_in_the_trail_with_its_target()
    {
        await SendAsync(HttpMethod.Put, "/campaigns/audited", 201, """{"name":"Audited","text":"A campaign"}""");
        await SendAsync(HttpMethod.Delete, "/campaigns/audited", 204);
        await SendAsync(HttpMethod.Post, "/admin/projections/graph/rebuild", 200);
        await SendAsync(HttpMethod.Post, "/admin/jobs/consistency", 200);
        await SendAsync(HttpMethod.Post, "/admin/jobs/tea", 404);
        await SendAsync(HttpMethod.Delete, "/admin/dead-letters?all=true", 200);

        Assert.Equal(["campaigns.delete", "campaigns.put"], Actions(await ReadAsync("?target=audited")));
        Assert.Equal(["projections.rebuild"], Actions(await ReadAsync("?target=graph")));
        Assert.Equal(["consistency"], (await ReadAsync("?action=JOBS.run")).Select(entry => entry.GetProperty("target").GetString()).Except(["tea"]));
        Assert.False(Assert.Single(await ReadAsync("?action=dead-letters.delete")).TryGetProperty("target", out _));
    }

    [Fact]
    public async Task A_key_is_in_the_trail_by_its_id_and_its_secret_is_not()
    {
        using var body = new StringContent("""{"name":"audited","scopes":["users:read"]}""", System.Text.Encoding.UTF8, "application/json");
        await using var api = With(_ => { });
        using var client = api.CreateClient();
        var key = await ApiServer.ReadAsync(await client.PostAsync(new Uri("/admin/keys", UriKind.Relative), body, Cancel), 201);
        var entry = Assert.Single((await Trail(api).ListAsync(AuditFilter.All, null, 10, Cancel)).Items);
        Assert.Equal((AuditAction.KeysCreate, key.GetProperty("id").GetString()), (entry.Action, entry.Target?.Id));
        Assert.DoesNotContain(key.GetProperty("key").GetString()!, entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_malformed_does_nothing_and_leaves_no_entry()
    {
        await SendAsync(HttpMethod.Delete, "/users/malformed?limt=3", 400);
        await SendAsync(HttpMethod.Delete, "/users/malformed", 405, method: "PATCH");
        Assert.Empty(await ReadAsync("?target=malformed"));
    }

    [Fact]
    public async Task The_trail_is_filtered_and_paged_and_refuses_what_it_does_not_know()
    {
        for (var n = 0; n < 5; n++)
        {
            await SendAsync(HttpMethod.Delete, "/users/paged", 200);
        }

        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await PageAsync($"?target=paged&action=users.erase&actor=anonymous&limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(5, seen.Count);
        Assert.Equal(seen.OrderByDescending(id => id, StringComparer.Ordinal), seen);
        Assert.Empty(await ReadAsync("?target=paged&since=2999-01-01T00:00:00Z"));
        await ApiServer.ReadProblemAsync(await _client.GetAsync(Address("?action=users.read"), Cancel), 400, "action");
        await ApiServer.ReadProblemAsync(await _client.GetAsync(Address("?cursor=-"), Cancel), 400, "cursor");
    }

    [Fact]
    public async Task The_entry_names_the_key_and_the_address_of_the_connection()
    {
        var caller = new CallerFrom("203.0.113.7", claimed: "198.51.100.1");
        await using var api = With(services => services.AddSingleton<IStartupFilter>(caller).AddSingleton<IStartupFilter>(new KeyOf("key-7", "shop")));
        using var client = api.CreateClient();
        using var erased = await client.DeleteAsync(new Uri("/users/named", UriKind.Relative), Cancel);
        Assert.Equal(200, (int)erased.StatusCode);
        var entry = Assert.Single((await Trail(api).ListAsync(AuditFilter.All, null, 10, Cancel)).Items);
        Assert.Equal((new AuditActor("key-7", "shop"), "203.0.113.7"), (entry.Actor, entry.Address));
    }

    [Fact]
    public async Task Denied_attempts_are_counted_and_written_together()
    {
        await using var api = With(services => services.AddSingleton<IStartupFilter>(new CallerFrom("203.0.113.7")));
        using var client = api.CreateClient();
        for (var n = 0; n < 5; n++)
        {
            using var denied = await client.PostAsync(new Uri("/admin/jobs/consistency", UriKind.Relative), null, Cancel);
            Assert.Equal(403, (int)denied.StatusCode);
        }

        await api.Services.GetRequiredService<AuditRecorder>().FlushAsync();
        var entry = Assert.Single((await Trail(api).ListAsync(AuditFilter.All, null, 10, Cancel)).Items);
        Assert.Equal((AuditAction.JobsRun, "203.0.113.7", null, 403, 5), (entry.Action, entry.Address, entry.Target, entry.Outcome, entry.Count));
    }

    [Fact]
    public async Task An_action_succeeds_without_the_trail_and_health_says_so()
    {
        var trail = new MemoryTrail { IsDown = true };
        await using var api = With(services => services.AddSingleton<IAuditTrail>(trail));
        using var client = api.CreateClient();
        using var erased = await client.DeleteAsync(new Uri("/users/unaudited", UriKind.Relative), Cancel);
        Assert.Equal(200, (int)erased.StatusCode);
        var health = await ApiServer.ReadAsync(await client.GetAsync(new Uri("/health", UriKind.Relative), Cancel), 200);
        Assert.Equal("degraded", health.GetProperty("checks").GetProperty("audit").GetProperty("status").GetString());

        trail.IsDown = false;
        await api.Services.GetRequiredService<AuditRecorder>().FlushAsync();
        Assert.Equal(AuditAction.UsersErase, Assert.Single(trail.Entries).Action);
    }

    [Fact]
    public async Task The_retention_job_removes_old_entries()
    {
        await using var api = With(_ => { });
        var old = DateTimeOffset.UtcNow.AddDays(-401);
        await Trail(api).AppendAsync([new AuditEntry(AuditId.New(old), old, AuditAction.JobsRun, AuditActor.Anonymous, null, null, 200)], Cancel);
        var done = await api.Services.GetRequiredService<IMaintenanceJobs>().RunAsync("retention", Cancel);
        Assert.Contains("Removed 1 old audit entries.", done, StringComparison.Ordinal);
        Assert.Empty((await Trail(api).ListAsync(AuditFilter.All, null, 10, Cancel)).Items);
    }

    private static Uri Address(string query) => new($"/admin/audit{query}", UriKind.Relative);

    private static IEnumerable<string?> Actions(IEnumerable<JsonElement> entries) => entries.Select(entry => entry.GetProperty("action").GetString());

    private static IAuditTrail Trail(WebApplicationFactory<Program> api) => api.Services.GetRequiredService<IAuditTrail>();

    private async Task<JsonElement> PageAsync(string query) => await ApiServer.ReadAsync(await _client.GetAsync(Address(query), Cancel), 200);

    private async Task<List<JsonElement>> ReadAsync(string query) => [.. (await PageAsync(query)).GetProperty("items").EnumerateArray()];

    private async Task SendAsync(HttpMethod verb, string path, int status, string? body = null, string? method = null)
    {
        using var request = new HttpRequestMessage(method is null ? verb : new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, Cancel);
        Assert.True(status == (int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    private WebApplicationFactory<Program> With(Action<IServiceCollection> configure) => server.WithWebHostBuilder(builder =>
    {
        builder.UseSetting("Storage:DataDirectory", _folder.Path);
        builder.UseSetting("Access:Anonymous", "true");
        builder.ConfigureTestServices(configure);
    });

    /// <summary>Authenticates every request with a key.</summary>
    private sealed class KeyOf(string id, string name) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity(
                    [new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name)], "key"));
                return rest(context);
            });
            next(app);
        };
    }
}
