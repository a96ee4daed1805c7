using Marketing.Api.Access;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Limits;

/// <summary>Registers the limits of callers.</summary>
internal static class LimitRegistration
{
    /// <summary>Adds the limits.</summary>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, RateLimits>();
        services.AddRateLimiter();
    }

    /// <summary>Rejects what is over a limit. Comes after routing and after the caller is known.</summary>
    /// <remarks>
    /// Direct calls from this machine do not even enter the limiter, which locks and looks up for each request: 1 of the 19 µs that a cached
    /// recommendation takes.
    /// </remarks>
    public static void UseLimits(this WebApplication app)
    {
        var all = app.Services.GetRequiredService<IOptions<LimitOptions>>().Value.IncludeLoopback;
        app.UseWhen(http => all || !Caller.IsOnThisMachine(http), static limited => limited.UseRateLimiter());
    }

    /// <summary>Limits how many requests to an endpoint that streams one caller may have open.</summary>
    public static TBuilder WithLimitedStreams<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireRateLimiting(RateLimits.Streams);
}
