using Marketing.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Registers access control.</summary>
internal static class AccessRegistration
{
    /// <summary>Adds the access checks, and stops startup when the configuration would let anyone in.</summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsRanges>();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<StoredKeys>();
        services.AddHostedService<KeyRingService>();
        services.AddHealthChecks().AddCheck<KeyHealthCheck>("keys");
        services.AddTokenAuthentication(Bound(builder.Configuration));
        services.AddSingleton<AnonymousAccess>();
        services.AddSingleton<AccessRefusals>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<HostNames>();
        services.AddSingleton<RefusedHosts>();

        // Turn off the framework's host filtering: ours accepts probes and answers with problem details.
        services.Configure<HostFilteringOptions>(static framework => framework.AllowedHosts = ["*"]);
        services.Configure<HstsOptions>(static hsts => hsts.MaxAge = TimeSpan.FromDays(365));

        builder.WebHost.ConfigureKestrel(static (context, kestrel) => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            Caller.NoteOnConnections(endpoint);

            // The final check: every endpoint passes here before it is bound, whatever set its address.
            if (!Bound(context.Configuration).MayBeReachedByOthers
                && (endpoint.IPEndPoint is not { } address || !Caller.IsLoopback(address.Address)))
            {
                throw new OptionsValidationException(
                    AccessOptions.Section, typeof(AccessOptions), [AccessOptionsValidator.WhyItIsRefused($"{endpoint}")]);
            }
        }));
    }

    /// <summary>Sets the response headers.</summary>
    /// <remarks>Must be the first middleware, so that errors and rejected requests get the headers too.</remarks>
    public static void UseResponseHeaders(this WebApplication app)
    {
        app.UseHsts();
        app.UseMiddleware<ResponseHeaders>();
    }

    /// <summary>Rejects requests that a web page makes behind its user's back, and recognizes the caller by key or token.</summary>
    /// <remarks>Must come before routing.</remarks>
    public static void UseAuthenticatedCallers(this WebApplication app)
    {
        app.UseMiddleware<AccessGuard>();
        app.UseMiddleware<KeyAuthentication>();
        if (app.Services.GetService<IAuthenticationSchemeProvider>() is not null)
        {
            app.UseAuthentication();
        }
    }

    private static AccessOptions Bound(IConfiguration configuration) =>
        configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
}
