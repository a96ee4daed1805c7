using Marketing.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Marketing.Stores.BigQuery;

/// <summary>Registers BigQuery as the engagement store.</summary>
internal static class BigQueryRegistration
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "bigquery";

    private const int Retries = 3;

    public static IHostApplicationBuilder AddBigQueryEngagement(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<BigQueryOptions>().BindConfiguration(BigQueryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(_ => BigQueryConnection.Parse(builder.Configuration.GetConnectionString(ConnectionName)!));
        services.AddTransient<BigQueryCredentials>();
        var client = services.AddHttpClient<BigQueryClient>(http => http.Timeout = Timeout.InfiniteTimeSpan) // each attempt has its own timeout, below
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // the store keeps the client; connections are renewed instead
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5));
        client.WithoutDefaultResilience();
        client.AddResilienceHandler("bigquery", (pipeline, context) => pipeline
                .AddRetry(new HttpRetryStrategyOptions
                {
                    // Give up soon: callers that record facts retry by themselves, and the model keeps its previous counts.
                    MaxRetryAttempts = Retries,
                    Delay = TimeSpan.FromMilliseconds(200),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                })
                .AddTimeout(context.ServiceProvider.GetRequiredService<IOptions<BigQueryOptions>>().Value.Timeout));
        client.AddHttpMessageHandler<BigQueryCredentials>();
        services.AddSingleton<IEngagementStore, BigQueryEngagementStore>();
        services.AddHostedService<BigQueryStartup>();
        return builder;
    }
}
