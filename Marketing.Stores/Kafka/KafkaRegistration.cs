using Marketing.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Marketing.Stores.Kafka;

/// <summary>Registers Kafka in front of the log.</summary>
public static class KafkaRegistration
{
    /// <summary>The name of the connection string; <see cref="KafkaConnection"/> describes its form.</summary>
    public const string ConnectionName = "kafka";

    /// <summary>Adds the consumer to this process when Kafka is configured; does nothing otherwise.</summary>
    public static IHostApplicationBuilder AddKafkaIngestion(this IHostApplicationBuilder builder)
    {
        if (builder.TryAddKafka())
        {
            builder.Services.AddSingleton(provider => KafkaClients.Consumer(provider.GetRequiredService<KafkaConnection>(), provider));
            builder.Services.AddSingleton<KafkaDeadLetters>();
            builder.Services.AddHostedService<KafkaConsumer>();
        }

        return builder;
    }

    /// <summary>
    /// Makes the API write to Kafka when <c>Kafka:FrontDoor</c> is set; does nothing otherwise. Call it before registering the API; the
    /// process needs no consumer.
    /// </summary>
    /// <exception cref="StoreStartupException">Kafka is not configured.</exception>
    public static IHostApplicationBuilder AddIngestTarget(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>($"{KafkaOptions.Section}:{nameof(KafkaOptions.FrontDoor)}"))
        {
            if (!builder.TryAddKafka())
            {
                throw new StoreStartupException("Kafka:FrontDoor requires Kafka: set ConnectionStrings:kafka, or unset Kafka:FrontDoor.");
            }

            builder.Services.AddSingleton<IIngestTarget, KafkaIngestTarget>();
        }

        return builder;
    }

    /// <summary>Registers once per process what the consumer and the API's producer share.</summary>
    private static bool TryAddKafka(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is not { Length: > 0 } connection)
        {
            return false;
        }

        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(KafkaConnection)))
        {
            return true;
        }

        services.AddSingleton(KafkaConnection.Parse(connection));
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<KafkaOptions>().BindConfiguration(KafkaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => KafkaClients.Producer(provider.GetRequiredService<KafkaConnection>(), provider));
        services.AddHostedService<KafkaStartup>();
        services.AddHealthChecks().AddCheck<KafkaHealthCheck>(ConnectionName, HealthStatus.Degraded);
        return true;
    }
}
