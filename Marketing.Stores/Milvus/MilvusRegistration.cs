using Marketing.Recommender.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>Registers Milvus as the vector index.</summary>
internal static class MilvusRegistration
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "milvus";

    public static IHostApplicationBuilder AddMilvusVectorIndex(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<MilvusOptions>().BindConfiguration(MilvusOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(_ => MilvusConnection.Parse(builder.Configuration.GetConnectionString(ConnectionName)!));
        services.AddSingleton(provider => Connect(
            provider.GetRequiredService<MilvusConnection>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<MilvusCollectionProvider>();
        services.AddSingleton<IVectorIndex, MilvusVectorIndex>();
        services.AddHostedService<MilvusStartup>();
        services.AddHealthChecks().AddCheck<MilvusHealthCheck>(ConnectionName);
        return builder;
    }

    internal static MilvusClient Connect(MilvusConnection connection, ILoggerFactory logging) =>
        connection is { Username: { } user, Password: { } password }
            ? new MilvusClient(connection.Endpoint, user, password, connection.Database, default, logging)
            : new MilvusClient(connection.Endpoint, connection.Database, default, logging);
}
