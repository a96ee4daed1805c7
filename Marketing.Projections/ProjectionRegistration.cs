using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Projections.Engagement;
using Marketing.Projections.Graph;
using Marketing.Projections.Users;
using Marketing.Projections.Vectors;
using Marketing.Projections.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Marketing.Projections;

/// <summary>Registers the projections and the projector.</summary>
public static class ProjectionRegistration
{
    /// <summary>The name of the activity source and the meter, for exporters.</summary>
    public const string DiagnosticsName = ProjectionDiagnostics.Name;

    /// <summary>
    /// Adds the projections and their operations without the projector: the operators' service, erasure, export and the pending
    /// signal.
    /// </summary>
    public static IHostApplicationBuilder AddProjections(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PendingSignal>();
        services.TryAddSingleton(static _ => new LostProjections(isAttended: false));
        services.TryAddSingleton<StoreOutcomes>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProjection, VectorProjection>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProjection, GraphProjection>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProjection, EngagementProjection>());
        services.TryAddSingleton<ProjectionService>();
        services.TryAddSingleton<UserErasure>();
        services.TryAddSingleton<UserExport>();
        return builder;
    }

    /// <summary>Adds the projections and a projector hosted in this process.</summary>
    public static IHostApplicationBuilder AddProjector(this IHostApplicationBuilder builder)
    {
        builder.AddProjections();
        var services = builder.Services;
        services.AddOptions<ProjectorOptions>()
            .BindConfiguration(ProjectorOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<ProjectionDiagnostics>();
        services.TryAddSingleton<LostVectors>();
        services.TryAddSingleton<Projector>();
        services.AddHostedService<ProjectorWorker>();
        services.Replace(ServiceDescriptor.Singleton(static _ => new LostProjections()));
        services.TryAddSingleton<RecoveryWorker>();
        services.AddHostedService(static provider => provider.GetRequiredService<RecoveryWorker>());
        return builder;
    }
}
