using Marketing.Recommender.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.InProcess;

/// <summary>Registers the vector index that lives in the process.</summary>
internal static class VectorIndexRegistration
{
    /// <summary>The index in <c>vectors.db</c> of the data directory; needs a registered <see cref="VectorSpace"/>.</summary>
    public static IHostApplicationBuilder AddInProcessVectorIndex(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<VectorIndexOptions>()
            .BindConfiguration(VectorIndexOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IVectorIndex>(provider => new InProcessVectorIndex(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory,
            provider.GetRequiredService<VectorSpace>(),
            provider.GetRequiredService<IOptions<VectorIndexOptions>>().Value,
            provider.GetRequiredService<ILogger<InProcessVectorIndex>>()));
        return builder;
    }
}
