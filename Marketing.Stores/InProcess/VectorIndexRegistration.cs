using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Marketing.VectorIndex;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.InProcess;

/// <summary>Registers the vector index that lives in the process.</summary>
internal static partial class VectorIndexRegistration
{
    /// <summary>The index in <c>vectors.db</c> of the data directory; needs a registered <see cref="VectorSpace"/>.</summary>
    public static IHostApplicationBuilder AddInProcessVectorIndex(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<VectorIndexOptions>()
            .BindConfiguration(VectorIndexOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(Open);
        builder.Services.AddSingleton<IVectorIndex>(static provider => provider.GetRequiredService<InProcessVectorIndex>());
        return builder;
    }

    private static InProcessVectorIndex Open(IServiceProvider provider)
    {
        provider.GetRequiredService<DataFolderOwner>().Take();
        var context = provider.GetRequiredService<ProjectionFileContext>();
        string directory = context.Storage.Value.DataDirectory;
        var space = provider.GetRequiredService<VectorSpace>();
        var options = provider.GetRequiredService<IOptions<VectorIndexOptions>>().Value;
        var logger = provider.GetRequiredService<ILogger<InProcessVectorIndex>>();
        try
        {
            return new InProcessVectorIndex(directory, space, options, logger);
        }
        catch (VectorSpaceMismatchException mismatch)
        {
            // Vectors of two spaces cannot be compared, and the old ones are whole and of no use: nothing is kept of them.
            LogOtherSpace(logger, mismatch.StoredModel, mismatch.ExpectedModel);
            InProcessVectorIndex.Delete(directory);
            return new InProcessVectorIndex(directory, space, options, logger);
        }
        catch (Exception error) when (Damage.IsUnusable(error))
        {
            string reason = $"{InProcessVectorIndex.FileName} {Damage.Describe(error)}";
            context.SetAside(Path.GetFullPath(Path.Combine(directory, InProcessVectorIndex.FileName)), reason);
            return new InProcessVectorIndex(directory, space, options, logger);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "The vector index was built with {Stored}, but the embedder is {Expected}; starting with an empty index and filling it from the log")]
    private static partial void LogOtherSpace(ILogger logger, string stored, string expected);
}
