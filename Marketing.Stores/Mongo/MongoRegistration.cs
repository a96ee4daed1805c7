using Marketing.Recommender.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;
#if !HAS_ASPIRE_INTEGRATIONS
using OpenTelemetry.Trace;
#endif

namespace Marketing.Stores.Mongo;

/// <summary>Registers MongoDB as the source of truth.</summary>
internal static class MongoRegistration
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "mongodb";

    private const string DefaultDatabase = "marketing";

    /// <summary>Log, queue, personal data, dead letters and catalogue in the database that the connection string names.</summary>
    public static IHostApplicationBuilder AddMongoStores(this IHostApplicationBuilder builder)
    {
        AddClient(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new MongoContext(provider.GetRequiredService<IMongoClient>().GetDatabase(Database(builder.Configuration))));
        services.AddSingleton<IInteractionLog, MongoInteractionLog>();
        services.AddSingleton<IPersonalData, MongoPersonalData>();
        services.AddSingleton<IInteractionQueue, MongoInteractionQueue>();
        services.AddSingleton<IDeadLetters, MongoDeadLetters>();
        services.AddSingleton<ICatalog, MongoCatalog>();
        services.AddHostedService<MongoStartup>();
        return builder;
    }

    private static string Database(IConfiguration configuration) =>
        MongoUrl.Create(configuration.GetConnectionString(ConnectionName)).DatabaseName ?? DefaultDatabase;

#if HAS_ASPIRE_INTEGRATIONS
    /// <summary>Aspire's integration brings health check, traces and metrics.</summary>
    private static void AddClient(IHostApplicationBuilder builder) => builder.AddMongoDBClient(ConnectionName);
#else
    /// <summary>
    /// The same client, health check and traces where Aspire's integration cannot be restored. The driver names each command and its
    /// collection, and leaves out what is asked for.
    /// </summary>
    private static void AddClient(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IMongoClient>(_ => new MongoClient(builder.Configuration.GetConnectionString(ConnectionName)));
        builder.Services.AddHealthChecks().AddCheck<MongoHealthCheck>(ConnectionName);
        builder.Services.ConfigureOpenTelemetryTracerProvider(static tracing => tracing.AddSource(MongoTelemetry.ActivitySourceName));
    }
#endif
}
