using Marketing.Domain.Ports;
using Marketing.Projections.Samples;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the sample world.</summary>
public static class SampleRegistration
{
    /// <summary>Adds <see cref="SampleWorldLoader"/> for loading on request; requires a catalog and a log.</summary>
    public static IServiceCollection AddSampleWorld(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SampleWorldLoader>();
        return services;
    }

    /// <summary>Loads the sample world at startup if the log is empty; see <see cref="SampleDataOptions.LoadOnFirstRun"/>.</summary>
    public static IServiceCollection AddSampleWorldOnFirstRun(this IServiceCollection services)
    {
        services.AddOptions<SampleDataOptions>().BindConfiguration(SampleDataOptions.Section);
        services.TryAddSingleton(static _ => new LostProjections(isAttended: false));
        services.TryAddSingleton<SampleProgress>();
        return services.AddSampleWorld().AddHostedService<SampleDataOnFirstRun>();
    }
}
