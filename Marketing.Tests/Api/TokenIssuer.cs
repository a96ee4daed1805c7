using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Marketing.Tests.Api;

/// <summary>An OpenID Connect provider on loopback (OpenIddict), for clients that ask for tokens with their own id.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "marketing";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "issuer" };
    private readonly WebApplication _app;

    private TokenIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetTokenEndpointUris("connect/token").AllowClientCredentialsFlow().EnableDegradedMode().DisableScopeValidation();
            server.AddSigningKey(_key).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(static _ => default));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(static context =>
            {
                var identity = new ClaimsIdentity("issuer");
                identity.SetClaim(OpenIddictConstants.Claims.Subject, context.Request.ClientId);
                identity.SetScopes(context.Request.GetScopes());
                identity.SetResources((string?)context.Request["service"] ?? Audience);
                identity.SetDestinations(static _ => [OpenIddictConstants.Destinations.AccessToken]);
                context.Principal = new ClaimsPrincipal(identity);
                return default;
            }));
        });
        _app = builder.Build();
        _app.UseAuthentication();
    }

    /// <summary>The address, as tokens name it.</summary>
    public string Address => $"{_app.Urls.First()}/";

    public static async Task<TokenIssuer> StartAsync()
    {
        var issuer = new TokenIssuer();
        await issuer._app.StartAsync();
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri($"{issuer.Address}.well-known/openid-configuration")); // The first answer takes long.
        return issuer;
    }

    /// <summary>Asks the provider for a token, as a program does.</summary>
    public async Task<string> TokenAsync(string clientId, string scopes, string audience = Audience)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = "any",
            ["scope"] = scopes,
            ["service"] = audience,
        });
        using var response = await client.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>Signs any claims with the provider's own key.</summary>
    public string Sign(object scope, string? issuer = null, string audience = Audience, DateTime? expires = null) =>
        Sign(new SigningCredentials(_key, SecurityAlgorithms.RsaSha256), scope, issuer ?? Address, audience, expires);

    /// <summary>Signs claims with the provider's public key as if it were a shared secret, which a careless server accepts.</summary>
    public string SignWithPublicKey(string scope) => Sign(
        new SigningCredentials(new SymmetricSecurityKey(_key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = _key.KeyId }, SecurityAlgorithms.HmacSha256),
        scope, Address, Audience, null);

    /// <summary>Claims without a signature.</summary>
    public string Unsigned(string scope) => Sign(null, scope, Address, Audience, null);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Sign(SigningCredentials? credentials, object scope, string issuer, string audience, DateTime? expires)
    {
        var end = expires ?? DateTime.UtcNow.AddHours(1);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = end.AddHours(-2),
            NotBefore = end.AddHours(-2),
            Expires = end,
            Claims = new Dictionary<string, object> { ["sub"] = "forger", ["scope"] = scope },
            SigningCredentials = credentials,
        });
    }
}
