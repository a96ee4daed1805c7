using Marketing.Api.Problems;
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
        services.AddOptions<AdminOptions>().BindConfiguration(AdminOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AdminOptions>, AdminOptionsRanges>();
        services.AddSingleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AdminSecret>();
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
            if (string.IsNullOrEmpty(context.Configuration[$"{AdminOptions.Section}:{nameof(AdminOptions.Token)}"])
                && (endpoint.IPEndPoint is not { } address || !Caller.IsLoopback(address.Address)))
            {
                throw new OptionsValidationException(
                    AdminOptions.Section, typeof(AdminOptions), [AdminOptionsValidator.WhyItIsNeeded($"{endpoint}")]);
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

    /// <summary>Adds the access guard.</summary>
    /// <remarks>Must come before routing.</remarks>
    public static void UseAccessGuard(this WebApplication app) => app.UseMiddleware<AccessGuard>();
}
