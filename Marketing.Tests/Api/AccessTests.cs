using Marketing.Tests.Stores.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Api;

/// <summary>Access control, tested as an attacker would.</summary>
public sealed class AccessTests(ApiServer server) : IClassFixture<ApiServer>, IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Elsewhere = "203.0.113.7";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5080")]
    [InlineData("localhost.")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("[::1]:8080")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_caller_on_another_machine_is_not_the_operator_whatever_the_request_claims(string host)
    {
        await using var api = Guarded(new CallerFrom(Elsewhere, claimed: "127.0.0.1"));
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/admin/dead-letters"), (HttpMethod.Post, "/admin/projections/graph/rebuild") })
        {
            using var response = await SendAsync(api, path, method, ("Host", host), ("X-Forwarded-For", "127.0.0.1"));
            Assert.Equal(403, (int)response.StatusCode);
            using var without = await SendAsync(api, path, method, ("Host", host));
            Assert.Equal(403, (int)without.StatusCode);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_caller_on_this_machine_is(string address)
    {
        await using var api = Guarded(new CallerFrom(address));
        using var response = await SendAsync(api, "/admin/dead-letters");
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Original-For")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    [InlineData("Via")]
    [InlineData("CF-Connecting-IP")]
    public async Task What_a_proxy_on_this_machine_passes_on_is_not_the_operators(string header)
    {
        await using var api = Guarded(new CallerFrom("127.0.0.1"));
        using var response = await SendAsync(api, "/admin/dead-letters", HttpMethod.Get, (header, "127.0.0.1"));
        Assert.Equal(403, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("evil.example:5080", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("203.0.113.9", 400)]
    [InlineData("localhost", 200)]
    [InlineData("LocalHost.:80", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("10.1.2.3:8080", 200)] // the address the probe connected to
    public async Task Only_a_name_of_this_server_is_answered(string host, int status)
    {
        await using var api = Guarded(new CallerFrom("127.0.0.1"));
        foreach (var path in new[] { "/health", "/openapi/v1.json", "/recommendations/nora", "/users/nora/interactions" })
        {
            using var response = await SendAsync(api, path, HttpMethod.Get, ("Host", host));
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task More_names_are_a_setting()
    {
        await using var api = Guarded(new CallerFrom(Elsewhere), ("AllowedHosts", "shop.example; *.svc"));
        foreach (var (host, status) in new[] { ("shop.example", 200), ("api.svc", 200), ("localhost", 200), ("other.example", 400), ("svc", 400) })
        {
            using var response = await SendAsync(api, "/health", HttpMethod.Get, ("Host", host));
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "http://localhost:3000", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost", 200)]
    public async Task A_page_of_another_site_reads_and_writes_nothing(string header, string value, int status)
    {
        using var read = await SendAsync(server, "/users/nora/interactions", HttpMethod.Get, (header, value));
        Assert.Equal(status, (int)read.StatusCode);
        using var written = await SendAsync(server, "/campaigns/other-site", HttpMethod.Delete, (header, value));
        Assert.Equal(status == 200 ? 404 : status, (int)written.StatusCode);
        using var page = await SendAsync(server, "/scalar/", HttpMethod.Get, (header, value));
        Assert.Equal(200, (int)page.StatusCode);
    }

    [Fact]
    public async Task With_a_key_a_page_of_another_site_is_answered_and_with_a_wrong_one_it_is_not()
    {
        await using var api = Guarded(new CallerFrom(Elsewhere), ("Access:AdminKey", Token));
        foreach (var (key, status) in new[] { (Token, 200), ("wrong", 401) })
        {
            using var response = await SendAsync(
                api, "/admin/dead-letters", HttpMethod.Get, ("Sec-Fetch-Site", "cross-site"), ("Authorization", $"Bearer {key}"));
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/recommendations/nora", 200)]
    [InlineData("/admin/dead-letters", 403)]
    public async Task Opened_on_purpose_the_API_lets_everybody_do_all_but_admin(string path, int status)
    {
        await using var api = Guarded(new CallerFrom(Elsewhere), ("Access:Anonymous", "true"), ("AllowedHosts", "*"));
        using var response = await SendAsync(api, path);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Opened_on_purpose_with_a_key_configured_only_the_key_is_the_operators()
    {
        await using var api = Guarded(new CallerFrom("127.0.0.1"), ("Access:Anonymous", "true"), ("Access:AdminKey", Token));
        foreach (var (path, key, status) in new[]
        {
            ("/recommendations/nora", null, 200), ("/admin/dead-letters", null, 401), ("/admin/dead-letters", Token, 200),
            ("/recommendations/nora", Token, 403), ("/recommendations/nora", "wrong", 401),
        })
        {
            using var response = key is null ? await SendAsync(api, path) : await SendAsync(api, path, HttpMethod.Get, ("X-Api-Key", key));
            Assert.Equal((path, key, status), (path, key, (int)response.StatusCode));
        }
    }

    [Fact]
    public async Task While_the_issuer_is_down_tokens_cannot_be_checked_and_keys_work()
    {
        await using var api = Guarded(
            new CallerFrom(Elsewhere), ("Access:AdminKey", Token), ("Access:Authority", "http://127.0.0.1:1"), ("Access:Audience", "marketing"));
        foreach (var (header, secret, status) in new[] { ("Authorization", "Bearer a.b.c", 503), ("X-Api-Key", "a.b.c", 503), ("X-Api-Key", Token, 200) })
        {
            using var response = await SendAsync(api, "/admin/dead-letters", HttpMethod.Get, (header, secret));
            Assert.Equal((secret, status), (secret, (int)response.StatusCode));
        }
    }

    [Fact]
    public async Task Guesses_are_limited_by_the_address_of_the_connection_and_the_operator_is_not_locked_out()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = Guarded(new CallerFrom(Elsewhere), time, ("Access:AdminKey", Token), ("Access:MaxFailures", "3"), ("Access:FailureWindow", "00:10:00"));
        for (var guess = 1; guess <= 5; guess++)
        {
            using var response = await SendAsync(
                api, "/admin/dead-letters", HttpMethod.Get, ("Authorization", $"Bearer guess-{guess}"), ("X-Forwarded-For", $"10.0.0.{guess}"));
            Assert.Equal(guess <= 3 ? 401 : 429, (int)response.StatusCode);
            Assert.Equal(guess <= 3 ? null : TimeSpan.FromMinutes(10), response.Headers.RetryAfter?.Delta);
        }

        using var right = await SendAsync(api, "/admin/dead-letters", HttpMethod.Get, ("Authorization", $"Bearer {Token}"));
        Assert.Equal(200, (int)right.StatusCode);

        time.Advance(TimeSpan.FromMinutes(10));
        using var later = await SendAsync(api, "/admin/dead-letters");
        Assert.Equal(401, (int)later.StatusCode);
    }

    [Theory]
    [InlineData("/health", 200)]
    [InlineData("/recommendations/nora", 200)]
    [InlineData("/nothing/here", 404)]
    [InlineData("/recommendations/nora?limit=many", 400)]
    public async Task Every_answer_is_kept_by_nobody_and_is_what_it_says_it_is(string path, int status)
    {
        using var response = await SendAsync(server, path, HttpMethod.Get, ("Accept", "image/png"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        if (status != 200)
        {
            await ApiServer.ReadProblemAsync(response, status);
        }
    }

    [Fact]
    public async Task The_reference_page_may_run_its_own_scripts_and_no_others()
    {
        using var first = await SendAsync(server, "/scalar/");
        using var second = await SendAsync(server, "/scalar/");
        var (html, policy) = (await first.Content.ReadAsStringAsync(Cancellation), Policy(first));
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Equal(3, html.Split($"nonce=\"{nonce}\"").Length - 1);
        Assert.Equal(html.Split("<script").Length, html.Split("nonce=").Length);
        Assert.NotEqual(policy, Policy(second));
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);

        static string Policy(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task Browsers_keep_to_https_once_they_came_by_it()
    {
        await using var api = Guarded(new CallerFrom(Elsewhere), ("AllowedHosts", "shop.example"));
        using var client = api.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://shop.example") });
        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), Cancellation);
        Assert.Equal("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
    }

    private WebApplicationFactory<Program> Guarded(CallerFrom caller, params (string Name, string Value)[] settings) =>
        Guarded(caller, TimeProvider.System, settings);

    private WebApplicationFactory<Program> Guarded(CallerFrom caller, TimeProvider time, params (string Name, string Value)[] settings) =>
        server.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Storage:DataDirectory", _folder.Path);
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(caller));
            if (time != TimeProvider.System)
            {
                builder.ConfigureTestServices(services => services.AddSingleton(time));
            }
        });

    private static Task<HttpResponseMessage> SendAsync(WebApplicationFactory<Program> api, string path, params (string Name, string Value)[] headers) =>
        SendAsync(api, path, HttpMethod.Get, headers);

    private static async Task<HttpResponseMessage> SendAsync(
        WebApplicationFactory<Program> api, string path, HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var client = api.CreateClient();
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, Cancellation);
    }
}
