using Marketing.Api.Admin;
using Marketing.Api.Problems;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Registers who is let in.</summary>
internal static class AccessRegistration
{
    /// <summary>Adds what decides on each request, and refuses a start that would leave the door open.</summary>
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

        // Ours knows probes, and answers with a problem.
        services.Configure<HostFilteringOptions>(static framework => framework.AllowedHosts = ["*"]);
        services.Configure<HstsOptions>(static hsts => hsts.MaxAge = TimeSpan.FromDays(365));

        builder.WebHost.ConfigureKestrel(static (context, kestrel) => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            Caller.NoteOnConnections(endpoint);

            // The last word, whatever an address came from: each passes here before it is bound.
            if (string.IsNullOrEmpty(context.Configuration[$"{AdminOptions.Section}:{nameof(AdminOptions.Token)}"])
                && (endpoint.IPEndPoint is not { } address || !Caller.IsLoopback(address.Address)))
            {
                throw new OptionsValidationException(
                    AdminOptions.Section, typeof(AdminOptions), [AdminOptionsValidator.WhyItIsNeeded($"{endpoint}")]);
            }
        }));
    }

    /// <summary>Before everything else: also an error has the headers, and nothing answers who is not let in.</summary>
    public static void UseResponseHeaders(this WebApplication app)
    {
        app.UseHsts();
        app.UseMiddleware<ResponseHeaders>();
    }

    /// <summary>Before every route.</summary>
    public static void UseAccessGuard(this WebApplication app) => app.UseMiddleware<AccessGuard>();
}
