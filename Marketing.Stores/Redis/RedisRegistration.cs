using Marketing.Domain.Ports;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

#if !HAS_ASPIRE
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Trace;
#endif

namespace Marketing.Stores.Redis;

/// <summary>Registers Redis as the cache's second level and as the channel that invalidates every process's first level.</summary>
internal static class RedisRegistration
{
    /// <summary>The name of the connection string: <c>host:port,password=…</c>.</summary>
    public const string ConnectionName = "redis";

    /// <summary>The prefix of every key, so that a shared Redis stays readable.</summary>
    private const string KeyPrefix = "marketing:";

    public static IHostApplicationBuilder AddRedisCache(this IHostApplicationBuilder builder)
    {
        _ = Parse(builder.Configuration);
        AddClient(builder);
        builder.Services.AddOptions<RedisCacheOptions>().Configure<IConnectionMultiplexer>((options, redis) =>
        {
            options.InstanceName = KeyPrefix;
            options.ConnectionMultiplexerFactory = () => Task.FromResult(redis);
        });
        builder.Services.AddSingleton<RedisCache>();
        builder.Services.AddSingleton<IDistributedCache>(provider => new GuardedRedisCache(
            provider.GetRequiredService<RedisCache>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GuardedRedisCache>>()));
        builder.Services.AddHostedService<RedisStartup>();
        builder.Services.AddSingleton<IRecommenderChannel, RedisRecommenderChannel>();
        return builder;
    }

    /// <exception cref="StoreStartupException">The connection string is invalid.</exception>
    private static ConfigurationOptions Parse(IConfiguration configuration)
    {
        try
        {
            return ConfigurationOptions.Parse(configuration.GetConnectionString(ConnectionName)!);
        }
        catch (ArgumentException exception)
        {
            throw new StoreStartupException("ConnectionStrings:redis must be host:port, optionally followed by settings such as ,password=….", exception);
        }
    }

    /// <summary>Sets short timeouts and disables queueing while disconnected, because a caller must never wait for a cache.</summary>
    private static void SetFailFast(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2_000;
        options.AsyncTimeout = 500;
        options.SyncTimeout = 500;
        options.BacklogPolicy = BacklogPolicy.FailFast;
    }

#if HAS_ASPIRE
    /// <summary>Adds the client through Aspire's integration, with health check, traces and metrics.</summary>
    private static void AddClient(IHostApplicationBuilder builder) => builder.AddRedisClient(ConnectionName, configureOptions: SetFailFast);
#else
    /// <summary>
    /// Adds the client with health check and traces when Aspire's integration cannot be restored. A span has the command's name but not its
    /// key, which would identify a user.
    /// </summary>
    private static void AddClient(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => Connect(Parse(builder.Configuration)));
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>(ConnectionName, HealthStatus.Degraded);
        builder.Services.ConfigureOpenTelemetryTracerProvider(static tracing => tracing.AddRedisInstrumentation());
    }

    private static ConnectionMultiplexer Connect(ConfigurationOptions options)
    {
        SetFailFast(options);
        return ConnectionMultiplexer.Connect(options);
    }
#endif
}
