using System.ClientModel;
using System.ClientModel.Primitives;
using Marketing.Domain.Ports;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAI;

namespace Marketing.Stores.OpenAICompatible;

/// <summary>Registers an embedder with OpenAI's API.</summary>
internal static class OpenAICompatibleRegistration
{
    // The client requires a key; a self-hosted server without authentication ignores it.
    private const string NoKey = "none";

    /// <summary>Adds the generator and its <see cref="VectorSpace"/>.</summary>
    public static IServiceCollection AddOpenAICompatibleEmbeddings(this IServiceCollection services)
    {
        services.AddOptions<OpenAICompatibleOptions>()
            .BindConfiguration(OpenAICompatibleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => VectorSpace.Of(Options(provider).Model, Options(provider).Dimensions));
        return services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
            provider => new OpenAICompatibleEmbeddingGenerator(Client(Options(provider)), Options(provider)));
    }

    private static OpenAICompatibleOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<OpenAICompatibleOptions>>().Value;

    private static IEmbeddingGenerator<string, Embedding<float>> Client(OpenAICompatibleOptions options)
    {
        var key = new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? NoKey : options.ApiKey);
        var client = new OpenAIClient(key, new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            NetworkTimeout = options.AttemptTimeout,
            RetryPolicy = new ClientRetryPolicy(options.Retries),
        });
        return client.GetEmbeddingClient(options.Model).AsIEmbeddingGenerator(options.SendDimensions ? options.Dimensions : null);
    }
}
