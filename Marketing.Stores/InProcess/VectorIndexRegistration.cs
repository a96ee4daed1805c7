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
        builder.Services.AddSingleton<IVectorIndex>(Open);
        return builder;
    }

    private static InProcessVectorIndex Open(IServiceProvider provider)
    {
        provider.GetRequiredService<DataFolderOwner>();
        var directory = provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory;
        var space = provider.GetRequiredService<VectorSpace>();
        var options = provider.GetRequiredService<IOptions<VectorIndexOptions>>().Value;
        var logger = provider.GetRequiredService<ILogger<InProcessVectorIndex>>();
        try
        {
            return new InProcessVectorIndex(directory, space, options, logger);
        }
        catch (VectorSpaceMismatchException mismatch)
        {
            // Vectors of two spaces cannot be compared. The projector finds the index empty and fills it from the log.
            Log.OtherSpace(logger, mismatch.Stored.Model, mismatch.Expected.Model);
            InProcessVectorIndex.Delete(directory);
            return new InProcessVectorIndex(directory, space, options, logger);
        }
        catch (InvalidDataException exception)
        {
            throw new StoreStartupException(
                $"The vector index in {directory} cannot be read by this program: {exception.Message} Run the version that wrote it, or delete vectors.db and its companions; they are filled again from the log.", exception);
        }
    }
}
