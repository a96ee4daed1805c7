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
    private static readonly TimeSpan BackchannelTimeout = TimeSpan.FromSeconds(5);

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
                OnMessageReceived = SkipKeys,
                OnTokenValidated = context => Accept(context, access.ScopeClaim),
                OnAuthenticationFailed = RefuseAsync,
            };
        });

        // The handler brings data protection along, which nothing here uses: let it neither make keys nor look for a folder to keep them in.
        services.AddDataProtection().DisableAutomaticKeyGeneration().UseEphemeralDataProtectionProvider();
    }

    private static Task SkipKeys(MessageReceivedContext context)
    {
        if (context.HttpContext.User is AccessPrincipal || context.HttpContext.Features.Get<RefusedSecret>() is not null)
        {
            context.NoResult();
        }

        return Task.CompletedTask;
    }

    private static Task Accept(TokenValidatedContext context, string scopeClaim)
    {
        var token = context.Principal!;
        var scopes = token.FindAll(scopeClaim).Aggregate(Scopes.None, static (found, claim) => found | ScopeNames.Parse(claim.Value));
        var id = First(token, "sub", "client_id", "azp") ?? "unknown";
        context.Principal = AccessPrincipal.Of(AccessPrincipal.ByToken, id, First(token, "preferred_username", "name", "client_id") ?? id, scopes);
        return Task.CompletedTask;
    }

    private static async Task RefuseAsync(AuthenticationFailedContext context)
    {
        context.HttpContext.Features.Set(await HasKeysAsync(context) ? RefusedSecret.Token : RefusedSecret.Unchecked);
        context.NoResult();
    }

    /// <summary>Whether the provider's keys are known; without them the handler calls every token invalid.</summary>
    private static async Task<bool> HasKeysAsync(AuthenticationFailedContext context)
    {
        try
        {
            return await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
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
