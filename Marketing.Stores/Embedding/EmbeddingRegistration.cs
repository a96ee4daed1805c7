using Marketing.Recommender.Ports;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Embedding;

/// <summary>Registers what turns text into vectors.</summary>
public static class EmbeddingRegistration
{
    /// <summary>The model shipped with the product, and the <see cref="VectorSpace"/> its vectors live in.</summary>
    public static IServiceCollection AddLocalEmbeddings(this IServiceCollection services)
    {
        services.AddSingleton(_ => StaticEmbeddingGenerator.Load());
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
            provider => provider.GetRequiredService<StaticEmbeddingGenerator>());
        services.AddSingleton(provider =>
        {
            var generator = provider.GetRequiredService<StaticEmbeddingGenerator>();
            return VectorSpace.Of(generator.ModelName, generator.Dimensions);
        });
        return services;
    }

    /// <summary>Has the generator registered last, a remote one, asked for what was said and not for markup, and puts the cache in <c>embeddings.db</c> before it.</summary>
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
