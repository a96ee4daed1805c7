using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers ingestion of interactions and campaigns.</summary>
public static class IngestionRegistration
{
    /// <summary>Adds the readers, the ingestion and their limits; requires an interaction log.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddOptions<InteractionLimits>().BindConfiguration(InteractionLimits.Section).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<InteractionLimits>, InteractionLimitsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StoreOutcomes>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<InteractionLimits>>().Value);
        services.TryAddSingleton<IdPolicy>();
        services.TryAddSingleton<IngestBudget>();
        services.TryAddSingleton<InteractionReader>();
        services.TryAddSingleton<CampaignReader>();
        services.TryAddSingleton<InteractionIngestion>();
        services.TryAddSingleton<IIngestTarget>(provider => provider.GetRequiredService<InteractionIngestion>());
        services.TryAddSingleton<NdjsonIngestion>();
        services.TryAddSingleton<JsonIngestion>();
        services.TryAddSingleton<DeadLetterReplay>();
        return services;
    }
}
