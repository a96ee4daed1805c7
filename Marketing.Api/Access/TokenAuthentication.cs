using System.Security.Claims;
using Marketing.Domain;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Marketing.Api.Access;

/// <summary>Accepts the tokens of an OpenID Connect provider, with the framework's own handler.</summary>
internal static class TokenAuthentication
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BackchannelTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Adds the handler if a provider is configured.</summary>
    public static void AddTokenAuthentication(this IServiceCollection services, AccessOptions access)
    {
        if (string.IsNullOrEmpty(access.Authority) || !Uri.TryCreate(access.Authority, UriKind.Absolute, out var authority))
        {
            return; // AccessOptionsValidator says what is wrong.
        }

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = access.Authority;
            options.RequireHttpsMetadata = !authority.IsLoopback;
            options.BackchannelTimeout = BackchannelTimeout;
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAudience = access.Audience,
                // Signatures that anybody can check with the provider's public keys; never "none", and never a shared secret.
                ValidAlgorithms =
                [
                    SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
                    SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
                    SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
                ],
                ClockSkew = ClockSkew,
            };
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = PrepareAsync,
                OnTokenValidated = context => Accept(context, access.ScopeClaim),
                OnAuthenticationFailed = Refuse,
            };
        });

        // The handler brings data protection along, which nothing here uses: let it neither make keys nor look for a folder to keep them in.
        services.AddDataProtection().DisableAutomaticKeyGeneration().UseEphemeralDataProtectionProvider();
    }

    /// <summary>Passes on the token, unless the request shows a key or nothing, or the provider's keys cannot be read.</summary>
    private static async Task PrepareAsync(MessageReceivedContext context)
    {
        var http = context.HttpContext;
        if (http.User is AccessPrincipal || http.Features.Get<RefusedSecret>() is not null || !ShownSecret.TryFind(http.Request, out var secret))
        {
            context.NoResult();
            return;
        }

        context.Token = secret.ToString();
        try
        {
            // Without the keys, the handler would call every token invalid. Once they are read, this costs nothing.
            await context.Options.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            http.Features.Set(RefusedSecret.Unchecked);
            context.NoResult();
        }
    }

    private static Task Accept(TokenValidatedContext context, string scopeClaim)
    {
        var token = context.Principal!;
        var scopes = token.FindAll(scopeClaim).Aggregate(Scopes.None, static (found, claim) => found | ScopeNames.Parse(claim.Value));
        var id = First(token, "sub", "client_id", "azp") ?? "unknown";
        context.Principal = AccessPrincipal.Of(AccessPrincipal.ByToken, id, First(token, "preferred_username", "name", "client_id") ?? id, scopes);
        return Task.CompletedTask;
    }

    private static Task Refuse(AuthenticationFailedContext context)
    {
        context.HttpContext.Features.Set(RefusedSecret.Token);
        context.NoResult();
        return Task.CompletedTask;
    }

    private static string? First(ClaimsPrincipal token, params ReadOnlySpan<string> claims)
    {
        foreach (var claim in claims)
        {
            if (token.FindFirst(claim) is { Value.Length: > 0 } found)
            {
                return found.Value;
            }
        }

        return null;
    }
}
