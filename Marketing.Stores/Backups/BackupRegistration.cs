using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Backups;

/// <summary>Registers the settings of backups, the job, and the list of erasures.</summary>
internal static class BackupRegistration
{
    public static IHostApplicationBuilder AddBackups(this IHostApplicationBuilder builder)
    {
        builder.AddBackupOptions();
        builder.Services.AddSingleton<IMaintenanceJob, BackupJob>();
        if (!string.IsNullOrWhiteSpace(builder.Configuration[$"{BackupOptions.Section}:{nameof(BackupOptions.Directory)}"]))
        {
            builder.Services.AddSingleton<IErasureList, ErasureList>();
        }

        return builder;
    }

    public static IHostApplicationBuilder AddBackupOptions(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BackupOptions>, BackupSetup>());
        builder.Services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateOnStart();
        return builder;
    }
}
