using Grpc.Net.Client;
using Marketing.Domain.Ports;
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

    internal static MilvusClient Connect(MilvusConnection connection, ILoggerFactory logging)
    {
        var channel = Open(connection.Endpoint, logging);
        return connection is { Username: { } user, Password: { } password }
            ? new MilvusClient(channel, user, password, connection.Database, default, logging)
            : new MilvusClient(channel, connection.Database, default, logging);
    }

    /// <summary>
    /// Opens a channel that detects a dead server and reconnects quickly. By default gRPC waits up to two minutes between attempts and
    /// never notices a connection that has gone silent.
    /// </summary>
    private static GrpcChannel Open(Uri endpoint, ILoggerFactory logging) => GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions
    {
        LoggerFactory = logging,
        MaxReceiveMessageSize = null,
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(200),
        MaxReconnectBackoff = TimeSpan.FromSeconds(2),
        HttpHandler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        },
        DisposeHttpClient = true,
    });
}
