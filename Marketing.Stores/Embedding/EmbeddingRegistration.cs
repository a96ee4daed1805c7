using Marketing.Recommender.Ports;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

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
            return new VectorSpace(generator.ModelName, generator.Dimensions);
        });
        return services;
    }
}
