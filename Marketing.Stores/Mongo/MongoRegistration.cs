using Marketing.Domain.Ports;
using Marketing.Stores.Backups;
using Marketing.Stores.Copying;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;

#if !HAS_ASPIRE_MONGODB_DRIVER
using OpenTelemetry.Trace;
#endif

namespace Marketing.Stores.Mongo;

/// <summary>Registers MongoDB as the source of truth.</summary>
internal static class MongoRegistration
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "mongodb";

    private const string DefaultDatabase = "marketing";

    /// <summary>Adds log, queue, personal data, dead letters, catalog and audit trail in the database that the connection string names.</summary>
    public static IHostApplicationBuilder AddMongoStores(this IHostApplicationBuilder builder)
    {
        var url = Parse(builder.Configuration);
        AddClient(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SteadyClock>();
        services.TryAddSingleton<LogPosition>();
        services.AddSingleton<ILogProbe, MongoProbe>();
        services.AddSingleton(provider => new MongoContext(provider.GetRequiredService<IMongoClient>().GetDatabase(url.DatabaseName ?? DefaultDatabase)));
        services.AddSingleton<IInteractionLog, MongoInteractionLog>();
        services.AddSingleton<MongoErasureMemory>();
        services.AddSingleton<IErasureHashes>(static provider => provider.GetRequiredService<MongoErasureMemory>());
        services.AddSingleton<ILogBackup, MongoLogBackup>();
        services.AddSingleton<MongoPersonalData>();
        services.AddSingleton<IPersonalData>(static provider => provider.GetRequiredService<MongoPersonalData>());
        services.AddSingleton<IInteractionQueue, MongoInteractionQueue>();
        services.AddSingleton<IDeadLetters, MongoDeadLetters>();
        services.AddSingleton<ICatalog, MongoCatalog>();
        services.AddSingleton<IAuditTrail, MongoAuditTrail>();
        services.AddHostedService<MongoStartup>();
        return builder;
    }

    /// <summary>Adds the database as the source or the target of a copy.</summary>
    public static IHostApplicationBuilder AddMongoCopyStore(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ICopyStore, MongoCopyStore>();
        return builder.AddMongoAccessKeys();
    }

    /// <summary>Adds API keys in the same database.</summary>
    public static IHostApplicationBuilder AddMongoAccessKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAccessKeys, MongoAccessKeys>();
        return builder;
    }

    /// <exception cref="StoreStartupException">The connection string is invalid.</exception>
    private static MongoUrl Parse(IConfiguration configuration)
    {
        try
        {
            return MongoUrl.Create(configuration.GetConnectionString(ConnectionName));
        }
        catch (Exception exception) when (exception is MongoConfigurationException or ArgumentException or FormatException)
        {
            // The driver's own message quotes the connection string, with its password.
            throw new StoreStartupException("ConnectionStrings:mongodb must be an address such as mongodb://user:password@host:27017/marketing.", exception);
        }
    }

    /// <summary>
    /// Limits how long a caller waits unless the connection string says otherwise, because the driver waits forever for a hanging server.
    /// The connect timeout stays: it also limits the heartbeat, and a busy server that misses one would lose the calls in progress.
    /// </summary>
    private static void SetTimeouts(MongoClientSettings settings)
    {
        var unset = new MongoClientSettings();
        settings.ServerSelectionTimeout = Choose(settings.ServerSelectionTimeout, unset.ServerSelectionTimeout, TimeSpan.FromSeconds(5));
        settings.WaitQueueTimeout = Choose(settings.WaitQueueTimeout, unset.WaitQueueTimeout, TimeSpan.FromSeconds(5));
        settings.SocketTimeout = Choose(settings.SocketTimeout, unset.SocketTimeout, TimeSpan.FromMinutes(5));
        static TimeSpan Choose(TimeSpan said, TimeSpan unset, TimeSpan ours) => said == unset ? ours : said;
    }

#if HAS_ASPIRE_MONGODB_DRIVER
    /// <summary>Adds the client through Aspire's integration, with health check, traces and metrics.</summary>
    private static void AddClient(IHostApplicationBuilder builder) => builder.AddMongoDBClient(
        ConnectionName, configureClientSettings: SetTimeouts);
#else
    /// <summary>
    /// Adds the client with health check and traces when Aspire's integration cannot be restored. The driver's spans name each command and
    /// its collection, but not the query.
    /// </summary>
    private static void AddClient(IHostApplicationBuilder builder)
    {
        var settings = MongoClientSettings.FromConnectionString(builder.Configuration.GetConnectionString(ConnectionName));
        SetTimeouts(settings);
        builder.Services.AddSingleton<IMongoClient>(_ => new MongoClient(settings));
        builder.Services.AddHealthChecks().AddCheck<MongoHealthCheck>(ConnectionName);
        builder.Services.ConfigureOpenTelemetryTracerProvider(static tracing => tracing.AddSource(MongoTelemetry.ActivitySourceName));
    }
#endif
}
