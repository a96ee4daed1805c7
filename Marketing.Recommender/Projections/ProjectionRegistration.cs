using Marketing.Recommender.Users;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Marketing.Recommender.Projections;

/// <summary>Registers what follows from the log.</summary>
public static class ProjectionRegistration
{
    /// <summary>Adds what acts on projections without running the projector: operators' service, erasure, export, the signal.</summary>
    public static IHostApplicationBuilder AddProjections(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<PendingSignal>();
        builder.Services.TryAddSingleton<ProjectionService>();
        builder.Services.TryAddSingleton<UserErasure>();
        builder.Services.TryAddSingleton<UserExport>();
        return builder;
    }

    /// <summary>Adds <see cref="AddProjections"/> and the projector itself, hosted in this process.</summary>
    public static IHostApplicationBuilder AddProjector(this IHostApplicationBuilder builder) => builder.AddProjections();
}
