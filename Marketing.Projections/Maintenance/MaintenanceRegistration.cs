using Marketing.Domain.Ports;
using Marketing.Projections.Audit;
using Marketing.Projections.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Marketing.Projections.Maintenance;

/// <summary>Registers the periodic jobs by name; the host registers the schedule.</summary>
public static class MaintenanceRegistration
{
    /// <summary>Adds the jobs and <see cref="IMaintenanceJobs"/>.</summary>
    public static IHostApplicationBuilder AddMaintenance(this IHostApplicationBuilder builder)
    {
        builder.AddProjections();
        var services = builder.Services;
        services.AddOptions<RetentionOptions>()
            .BindConfiguration(RetentionOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<ErasureOptions>()
            .BindConfiguration(ErasureOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<AuditOptions>()
            .BindConfiguration(AuditOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceJob, ConsistencyJob>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceJob, DeadLetterJob>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceJob, RetentionJob>());
        services.TryAddSingleton<IMaintenanceJobs, MaintenanceJobs>();
        return builder;
    }
}
