using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Marketing.Projections.Audit;

/// <summary>Registers the recorder of the audit trail; the stores register the trail.</summary>
public static class AuditRegistration
{
    /// <summary>Adds <see cref="AuditRecorder"/>, and writes what it holds once a minute.</summary>
    public static IHostApplicationBuilder AddAudit(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<StoreOutcomes>();
        builder.Services.TryAddSingleton<AuditRecorder>();
        builder.Services.AddHostedService<AuditFlush>();
        return builder;
    }
}
