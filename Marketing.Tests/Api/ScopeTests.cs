using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Api.Access;
using Marketing.Domain;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

/// <summary>Every operation of the OpenAPI document asks for its scope, and says nothing to those who do not have it.</summary>
public sealed partial class ScopeTests(ScopeTests.Tenant tenant) : IClassFixture<ScopeTests.Tenant>
{
    private static readonly string[] Open = ["", "health", "alive", "openapi/{documentName}.json", "scalar"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_lets_in_who_has_its_scope_and_nobody_else()
    {
        var expired = await tenant.KeyAsync(Scopes.Admin, expired: true);
        var revoked = await tenant.KeyAsync(Scopes.Admin);
        await tenant.RevokeAsync(revoked);
        (string Who, Func<string, Task<string?>> Credential)[] strangers =
        [
            ("nobody", static _ => Task.FromResult<string?>(null)),
            ("who makes up a key", static _ => Task.FromResult<string?>(Secret.NewKey())),
            ("an expired key", _ => Task.FromResult<string?>(expired)),
            ("a revoked key", _ => Task.FromResult<string?>(revoked)),
            ("a token of another issuer", async scope => await tenant.Other.TokenAsync("forger", scope)),
            ("a token that names the issuer without its signature", scope => Task.FromResult<string?>(tenant.Other.Sign(scope, tenant.Issuer.Address))),
            ("a token for another audience", async scope => await tenant.Issuer.TokenAsync("app", scope, "other-service")),
            ("an expired token", scope => Task.FromResult<string?>(tenant.Issuer.Sign(scope, expires: DateTime.UtcNow.AddHours(-1)))),
            ("an unsigned token", scope => Task.FromResult<string?>(tenant.Issuer.Unsigned(scope))),
            ("a token signed with the public key", scope => Task.FromResult<string?>(tenant.Issuer.SignWithPublicKey(scope))),
            ("what only looks like a token", static _ => Task.FromResult<string?>("a.b.c")),
        ];

        foreach (var (method, path, scope) in await OperationsAsync())
        {
            var needed = ScopeNames.Find(scope);
            foreach (var (who, credential) in strangers)
            {
                var (status, body) = await SendAsync(method, path, await credential(scope));
                Assert.True(status == 401, $"{method} {path}: {status} for {who}: {body}");
                Assert.Equal(scope, body.GetProperty("scope").GetString());
            }

            foreach (var one in ScopeNames.All.Where(name => name != scope))
            {
                Assert.True((await SendAsync(method, path, await tenant.KeyAsync(ScopeNames.Find(one)))).Status == 403, $"{method} {path} is open to {one}");
            }

            var (all, refusal) = await SendAsync(method, path, await tenant.KeyAsync(EveryScope & ~needed));
            Assert.True(all == 403, $"{method} {path}: {all} for every other scope");
            Assert.Equal(scope, refusal.GetProperty("scope").GetString());
            Assert.Equal(403, (await SendAsync(method, path, await tenant.Issuer.TokenAsync("app", ScopeNames.Format(EveryScope & ~needed)))).Status);

            // The right key gets as far as the parameters, which do not include this one.
            Assert.Equal((method, path, 400), (method, path, (await SendAsync(method, path, await tenant.KeyAsync(needed))).Status));
            Assert.Equal((method, path, 400), (method, path, (await SendAsync(method, path, await tenant.Issuer.TokenAsync("app", scope))).Status));
        }
    }

    [Fact]
    public async Task Who_is_not_let_in_does_not_learn_whether_a_user_exists()
    {
        using var client = tenant.CreateClient();
        using var told = new HttpRequestMessage(HttpMethod.Put, "/users/known") { Content = new StringContent("""{"attributes":{"a":"b"}}""", null, "application/json") };
        told.Headers.Add("X-Api-Key", await tenant.KeyAsync(Scopes.UsersWrite));
        (await client.SendAsync(told, Cancellation)).EnsureSuccessStatusCode();

        foreach (var key in new[] { null, "wrong", await tenant.KeyAsync(Scopes.Admin) })
        {
            foreach (var (method, rest) in new[] { ("GET", ""), ("GET", "/interactions"), ("GET", "/similar"), ("GET", "/export"), ("PUT", ""), ("DELETE", "") })
            {
                var known = await SendAsync(method, $"/users/known{rest}", key, query: "");
                var unknown = await SendAsync(method, $"/users/unknown{rest}", key, query: "");
                Assert.True(known.Status is 401 or 403);
                Assert.Equal((known.Status, Stable(known.Body)), (unknown.Status, Stable(unknown.Body)));
            }
        }

        static string Stable(JsonElement problem) => string.Join('\n', problem.EnumerateObject().Where(field => field.Name != "traceId"));
    }

    [Fact]
    public async Task The_document_declares_the_schemes_and_the_answers()
    {
        using var response = await tenant.CreateClient().GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancellation);
        var document = await ApiServer.ReadAsync(response, 200);
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("bearer", schemes.GetProperty("bearer").GetProperty("scheme").GetString());
        Assert.Equal("X-Api-Key", schemes.GetProperty("apiKey").GetProperty("name").GetString());
        Assert.Equal(
            $"{tenant.Issuer.Address}.well-known/openid-configuration",
            schemes.GetProperty("openIdConnect").GetProperty("openIdConnectUrl").GetString());
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            Assert.Equal(
                ["bearer", "apiKey", "openIdConnect"],
                operation.Value.GetProperty("security").EnumerateArray().Select(requirement => Assert.Single(requirement.EnumerateObject()).Name));
            Assert.All(["401", "403"], status => Assert.True(operation.Value.GetProperty("responses").TryGetProperty(status, out _)));
        }
    }

    [Fact]
    public void Only_health_and_documentation_need_no_scope()
    {
        var open = tenant.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredScope>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText?.Trim('/') ?? "");
        Assert.All(open, path => Assert.True(Open.Any(known => path == known || path.StartsWith($"{known}/", StringComparison.Ordinal)), $"/{path} needs no scope."));
    }

    [Fact]
    public async Task A_key_with_every_scope_but_admin_cannot_make_keys_and_an_admin_cannot_read_chats()
    {
        Assert.Equal(403, (await SendAsync("GET", "/admin/keys", await tenant.KeyAsync(EveryScope & ~Scopes.Admin), query: "")).Status);
        Assert.Equal(403, (await SendAsync("GET", "/users/nora/interactions", await tenant.KeyAsync(Scopes.Admin), query: "")).Status);
    }

    [Fact]
    public async Task A_claim_may_list_scopes_as_an_array()
    {
        var token = tenant.Issuer.Sign(new[] { "campaigns:read", "unknown", "analytics:read" });
        Assert.Equal(200, (await SendAsync("GET", "/campaigns", token, query: "")).Status);
        Assert.Equal(200, (await SendAsync("GET", "/analytics/campaigns", token, query: "")).Status);
        Assert.Equal(403, (await SendAsync("GET", "/admin/keys", token, query: "")).Status);
    }

    private static Scopes EveryScope => ScopeNames.All.Aggregate(Scopes.None, static (scopes, name) => scopes | ScopeNames.Find(name));

    private async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? credential, string query = "?no-such-parameter=1")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path + query);
        if (credential is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        }

        using var response = await tenant.CreateClient().SendAsync(request, Cancellation);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    private async Task<List<(string Method, string Path, string Scope)>> OperationsAsync()
    {
        using var response = await tenant.CreateClient().GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancellation);
        var document = await ApiServer.ReadAsync(response, 200);
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (
            operation.Name.ToUpperInvariant(),
            Placeholder().Replace(path.Name, "nobody"),
            operation.Value.GetProperty("security")[0].GetProperty("bearer")[0].GetString()!)))];
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    /// <summary>The API with an admin key and a provider of tokens, and another provider that it does not know.</summary>
    public sealed class Tenant : ApiServer, IAsyncLifetime
    {
        private readonly Dictionary<Scopes, string> _keys = [];

        internal TokenIssuer Issuer { get; private set; } = null!;

        internal TokenIssuer Other { get; private set; } = null!;

        public async ValueTask InitializeAsync() => (Issuer, Other) = (await TokenIssuer.StartAsync(), await TokenIssuer.StartAsync());

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Access:AdminKey", "0123456789abcdef0123456789abcdef");
            builder.UseSetting("Access:Authority", Issuer.Address);
            builder.UseSetting("Access:Audience", TokenIssuer.Audience);
            builder.UseSetting("Access:MaxFailures", "1000000");
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Issuer.DisposeAsync();
            await Other.DisposeAsync();
        }

        /// <summary>Returns a key with these scopes.</summary>
        internal async Task<string> KeyAsync(Scopes scopes, bool expired = false)
        {
            if (!expired && _keys.TryGetValue(scopes, out var known))
            {
                return known;
            }

            var secret = Secret.NewKey();
            Assert.True(KeyHash.TryCompute(secret, out var hash));
            await Services.GetRequiredService<StoredKeys>().AddAsync(
                new AccessKey(secret[..12], "test", scopes, hash, DateTimeOffset.UnixEpoch, expired ? DateTimeOffset.UnixEpoch.AddDays(1) : null), Cancellation);
            return expired ? secret : _keys[scopes] = secret;
        }

        internal async Task RevokeAsync(string secret)
        {
            _keys.Remove(_keys.Single(key => key.Value == secret).Key);
            Assert.True(await Services.GetRequiredService<StoredKeys>().RevokeAsync(secret[..12], Cancellation));
        }
    }
}
