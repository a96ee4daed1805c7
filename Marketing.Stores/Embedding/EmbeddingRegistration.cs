using Marketing.Domain.Ports;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Embedding;

/// <summary>Registers the embedding generators.</summary>
public static class EmbeddingRegistration
{
    /// <summary>Adds the model shipped with the product and the <see cref="VectorSpace"/> of its vectors.</summary>
    public static IServiceCollection AddLocalEmbeddings(this IServiceCollection services)
    {
        services.AddOptions<EmbeddingOptions>().BindConfiguration(EmbeddingOptions.Section)
            .Validate(
                static options => options.ModelDirectory is not { Length: > 0 } folder || Directory.Exists(folder),
                "Embedding:ModelDirectory is not a folder; it must be a folder with model.safetensors, vocab.txt and SHA256SUMS, or not be set.")
            .ValidateOnStart();
        services.AddSingleton(static provider => Load(provider.GetRequiredService<IOptions<EmbeddingOptions>>().Value));
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
            provider => provider.GetRequiredService<StaticEmbeddingGenerator>());
        services.AddSingleton(provider =>
        {
            var generator = provider.GetRequiredService<StaticEmbeddingGenerator>();
            return VectorSpace.Of(generator.ModelName, generator.Dimensions);
        });
        return services;
    }

    private static StaticEmbeddingGenerator Load(EmbeddingOptions options)
    {
        try
        {
            return StaticEmbeddingGenerator.Load(options.ModelDirectory is { Length: > 0 } folder ? folder : null, options.VerifyModel);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new StoreStartupException(
                $"Cannot load the embedding model: {error.Message} With the wrong weights, every vector would be noise.", error);
        }
    }

    /// <summary>Wraps the last registered, remote generator with plain-text extraction and the cache in <c>embeddings.db</c>.</summary>
    internal static IServiceCollection AddEmbeddingCache(this IServiceCollection services)
    {
        ServiceDescriptor remote = services.Last(service => service.ServiceType == typeof(IEmbeddingGenerator<string, Embedding<float>>));
        services.Remove(remote);
        return services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(provider =>
        {
            var space = provider.GetRequiredService<VectorSpace>();
            var cached = new CachingEmbeddingGenerator(
                (IEmbeddingGenerator<string, Embedding<float>>)remote.ImplementationFactory!(provider),
                new EmbeddingCache(
                    provider.GetRequiredService<IOptions<StorageOptions>>().Value.PathOf(EmbeddingCache.FileName), space.OfModel));
            return new PlainTextEmbeddingGenerator(cached, space);
        });
    }
}
