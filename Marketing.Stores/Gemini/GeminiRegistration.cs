using System.Threading.RateLimiting;
using Marketing.Domain.Ports;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Marketing.Stores.Gemini;

/// <summary>Registers Gemini as the embedder.</summary>
internal static class GeminiRegistration
{
    private const string KeyHeader = "x-goog-api-key";

    /// <summary>
    /// Adds the generator and its <see cref="VectorSpace"/>. Retries use exponential back-off with jitter, or the API's
    /// <c>Retry-After</c>; a sliding window keeps the token rate under the key's quota.
    /// </summary>
    public static IServiceCollection AddGeminiEmbeddings(this IServiceCollection services)
    {
        services.AddOptions<GeminiOptions>().BindConfiguration(GeminiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddKeyedSingleton<RateLimiter>(GeminiOptions.Section, (provider, _) => Budget(Options(provider)));
        services.AddSingleton(provider => VectorSpace.Of(Options(provider).Model, Options(provider).Dimensions));
        services
            .AddHttpClient<IEmbeddingGenerator<string, Embedding<float>>, GeminiEmbeddingGenerator>((provider, http) =>
            {
                http.BaseAddress = Options(provider).Endpoint;
                http.Timeout = Timeout.InfiniteTimeSpan; // each attempt has its own timeout, below
                http.DefaultRequestHeaders.Add(KeyHeader, Options(provider).ApiKey);
            })
            .RedactLoggedHeaders([KeyHeader])
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // singletons keep the client; connections are renewed instead
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5))
            .WithoutDefaultResilience()
            .AddResilienceHandler("gemini", (pipeline, context) =>
            {
                var options = Options(context.ServiceProvider);
                if (options.Retries > 0)
                {
                    pipeline.AddRetry(new HttpRetryStrategyOptions
                    {
                        MaxRetryAttempts = options.Retries,
                        BackoffType = DelayBackoffType.Exponential,
                        UseJitter = true,
                        Delay = TimeSpan.FromSeconds(1),
                        MaxDelay = TimeSpan.FromMinutes(1),
                        ShouldRetryAfterHeader = true,
                    });
                }

                pipeline.AddTimeout(options.AttemptTimeout);
            });
        return services;
    }

    private static GeminiOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<GeminiOptions>>().Value;

    private static SlidingWindowRateLimiter Budget(GeminiOptions options) => new(new SlidingWindowRateLimiterOptions
    {
        PermitLimit = options.TokensPerMinute,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 60,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
