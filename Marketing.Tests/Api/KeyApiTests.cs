using System.Net.Http.Json;
using Marketing.Api.Access;
using Marketing.Domain.Ports;
using Marketing.Tests.Servers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Api;

/// <summary>Keys are made, used, listed and revoked over HTTP.</summary>
public sealed class KeyApiTests(KeyApiTests.GuardedServer server) : IClassFixture<KeyApiTests.GuardedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_opens_what_its_scopes_say_and_nothing_after_it_is_revoked()
    {
        var made = await ApiServer.ReadAsync(await CreateAsync(new { name = "shop", scopes = new[] { "recommendations:read", "analytics:read" } }), 201);
        var key = made.GetProperty("key").GetString()!;
        Assert.Matches("^mk_[A-Za-z0-9_-]{43}$", key);
        Assert.Equal(["recommendations:read", "analytics:read"], made.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(200, await StatusAsync("/recommendations/nora", "Authorization", $"Bearer {key}"));
        Assert.Equal(200, await StatusAsync("/analytics/campaigns", "X-Api-Key", key));
        Assert.Equal(403, await StatusAsync("/users/nora", "X-Api-Key", key));
        Assert.Equal(403, await StatusAsync("/admin/keys", "X-Api-Key", key));

        var id = made.GetProperty("id").GetString();
        using var revoked = await SendAsync(HttpMethod.Delete, $"/admin/keys/{id}");
        Assert.Equal(204, (int)revoked.StatusCode);
        Assert.Equal(401, await StatusAsync("/recommendations/nora", "X-Api-Key", key));
        await ApiServer.ReadProblemAsync(await SendAsync(HttpMethod.Delete, $"/admin/keys/{id}"), 404);
    }

    [Fact]
    public async Task Keys_are_listed_in_pages_without_their_secrets()
    {
        var secrets = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            server.Time.Advance(TimeSpan.FromMilliseconds(1)); // Keys of the same millisecond have no order.
            var made = await ApiServer.ReadAsync(await CreateAsync(new { name = $"listed {n}", scopes = new[] { "users:read" }, expiresIn = "7d" }), 201);
            secrets.Add(made.GetProperty("key").GetString()!);
        }

        var names = new List<string?>();
        var cursor = "";
        do
        {
            var page = await ApiServer.ReadAsync(await SendAsync(HttpMethod.Get, $"/admin/keys?limit=2&cursor={cursor}"), 200);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, page.ToString(), StringComparison.Ordinal));
            Assert.All(page.GetProperty("items").EnumerateArray(), key => Assert.Empty(
                key.EnumerateObject().Select(field => field.Name).Except(["id", "name", "scopes", "createdAt", "expiresAt", "lastUsedAt"])));
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("name").GetString()));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(["listed 4", "listed 3", "listed 2", "listed 1", "listed 0"], names.Where(name => name!.StartsWith("listed", StringComparison.Ordinal)));
        await ApiServer.ReadProblemAsync(await SendAsync(HttpMethod.Get, "/admin/keys?cursor=-"), 400, "cursor");
    }

    [Theory]
    [InlineData("""{"scopes":["admin"]}""", "name", "1 to 100")]
    [InlineData("""{"name":"x"}""", "scopes", "interactions:write, recommendations:read")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes", "one or more")]
    [InlineData("""{"name":"x","scopes":["admin","users"]}""", "scopes", "users:write")]
    [InlineData("""{"name":"x","scopes":"admin"}""", "scopes", "list")]
    [InlineData("""{"name":"x","scopes":["admin"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt", "future")]
    [InlineData("""{"name":"x","scopes":["admin"],"expiresAt":"tomorrow"}""", "expiresAt", "must")]
    [InlineData("""{"name":"x","scopes":["admin"],"expiresIn":"soon"}""", "expiresIn", "such as 7d")]
    [InlineData("""{"name":"x","scopes":["admin"],"expiresIn":"7d","expiresAt":"2120-01-01T00:00:00Z"}""", "expiresIn", "omitted")]
    [InlineData("""{"name":"x","scopes":["admin"],"owner":"me"}""", "owner", "The fields are name")]
    public async Task A_key_that_cannot_be_made_is_refused_with_what_would_be_valid(string body, string field, string words)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var problem = await ApiServer.ReadProblemAsync(await SendAsync(HttpMethod.Post, "/admin/keys", content), 422, field);
        Assert.Contains(words, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_refused_from_the_moment_it_expires()
    {
        var made = await ApiServer.ReadAsync(await CreateAsync(new { name = "short", scopes = new[] { "campaigns:read" }, expiresIn = "5m" }), 201);
        var key = made.GetProperty("key").GetString()!;
        Assert.Equal(200, await StatusAsync("/campaigns", "X-Api-Key", key));
        server.Time.Advance(TimeSpan.FromMinutes(5));
        using var response = await SendAsync(HttpMethod.Get, "/campaigns", key: key);
        var problem = await ApiServer.ReadProblemAsync(response, 401);
        Assert.Contains("expired", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_use_of_a_key_is_shown_and_stored_at_most_once_a_minute()
    {
        var made = await ApiServer.ReadAsync(await CreateAsync(new { name = "used", scopes = new[] { "campaigns:read" } }), 201);
        var (key, id) = (made.GetProperty("key").GetString()!, made.GetProperty("id").GetString()!);
        var store = server.Services.GetRequiredService<IAccessKeys>();
        var first = server.Time.GetUtcNow();
        Assert.Equal(200, await StatusAsync("/campaigns", "X-Api-Key", key));
        server.Time.Advance(KeyRingService.Interval);
        await Eventually.TrueAsync("the use is stored", async () => await LastUsedAsync() is { } used && (used - first).Duration() < TimeSpan.FromSeconds(1));

        server.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, await StatusAsync("/campaigns", "X-Api-Key", key));
        await server.Services.GetRequiredService<StoredKeys>().NoteUsesAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.True((await LastUsedAsync() - first)?.Duration() < TimeSpan.FromSeconds(1));

        server.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, await StatusAsync("/campaigns", "X-Api-Key", key));
        await server.Services.GetRequiredService<StoredKeys>().NoteUsesAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.True(await LastUsedAsync() - first >= TimeSpan.FromMinutes(1));

        async Task<DateTimeOffset?> LastUsedAsync() => (await store.AllAsync(Cancellation)).Single(one => one.Id == id).LastUsedAt;
    }

    [Fact]
    public async Task A_key_of_the_configuration_has_the_scopes_it_was_given()
    {
        Assert.Equal(200, await StatusAsync("/campaigns", "X-Api-Key", GuardedServer.ShopKey));
        Assert.Equal(403, await StatusAsync("/admin/keys", "X-Api-Key", GuardedServer.ShopKey));
        Assert.Equal(403, await StatusAsync("/campaigns", "X-Api-Key", GuardedServer.AdminKey));
    }

    [Theory]
    [InlineData("Authorization", "Bearer wrong", 401)]
    [InlineData("Authorization", "Bearer ", 401)]
    [InlineData("Authorization", "Basic bm9ib2R5OnNlY3JldA==", 401)]
    [InlineData("X-Api-Key", "", 401)]
    [InlineData("X-Api-Key", "é", 401)]
    public async Task What_is_no_key_is_refused_and_the_answer_names_the_scope(string header, string value, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/campaigns");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.CreateClient().SendAsync(request, Cancellation);
        var problem = await ApiServer.ReadProblemAsync(response, status);
        Assert.Equal("campaigns:read", problem.GetProperty("scope").GetString());
        Assert.Contains("campaigns:read", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private async Task<int> StatusAsync(string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.CreateClient().SendAsync(request, Cancellation);
        return (int)response.StatusCode;
    }

    private Task<HttpResponseMessage> CreateAsync(object key) => SendAsync(HttpMethod.Post, "/admin/keys", JsonContent.Create(key));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string key = GuardedServer.AdminKey)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("X-Api-Key", key);
        return await server.CreateClient().SendAsync(request, Cancellation);
    }

    /// <summary>The API with an admin key and the key of a shop, on a clock that stands still.</summary>
    public sealed class GuardedServer : ApiServer
    {
        public const string AdminKey = "0123456789abcdef0123456789abcdef";
        public const string ShopKey = "fedcba9876543210fedcba9876543210";

        public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Access:AdminKey", AdminKey);
            builder.UseSetting("Access:Keys:0:Name", "shop");
            builder.UseSetting("Access:Keys:0:Key", ShopKey);
            builder.UseSetting("Access:Keys:0:Scopes", "campaigns:read interactions:write");
            builder.UseSetting("Access:Keys:1:Name", "unused");
            builder.UseSetting("Access:Keys:1:Key", "");
            builder.UseSetting("Access:MaxFailures", "1000000");
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Time));
        }
    }
}
