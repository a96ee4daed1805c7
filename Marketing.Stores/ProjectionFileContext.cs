using Marketing.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>What the files of all projections have in common: where they are, which log they follow, and how one is given up.</summary>
internal sealed class ProjectionFileContext(
    IOptions<StorageOptions> storage,
    LogPosition log,
    LostProjections lost,
    IServiceProvider services,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<ProjectionFileContext> logger)
{
    public IOptions<StorageOptions> Storage => storage;

    public LogPosition Log => log;

    /// <summary>With servers for the graph and the vectors, nothing keeps a second process from opening the files that are left.</summary>
    public bool IsShared =>
        !string.IsNullOrEmpty(configuration.GetConnectionString("milvus")) && !string.IsNullOrEmpty(configuration.GetConnectionString("neo4j"));

    /// <summary>Moves a file out of the way, which only the process that has the folder to itself may do.</summary>
    /// <param name="path">The file, closed.</param>
    /// <param name="reason">What is wrong with it; null when that has been said.</param>
    public void SetAside(string path, string? reason = null)
    {
        if (IsShared)
        {
            throw new StoreStartupException(
                $"{reason ?? Path.GetFileName(path)}, and several processes share the file: stop all of them, delete {path} with its -wal and -shm, and start one; the file is filled again from the log.");
        }

        services.GetRequiredService<DataFolderOwner>();
        string? kept = Sqlite.Engine.SetAside.Move(path, time.GetUtcNow(), storage.Value.SetAsideCopies);
        if (reason is not null)
        {
            Stores.Log.SetAside(logger, reason, kept is null ? "deleted" : $"kept as {Path.GetFileName(kept)}");
        }
    }

    /// <summary>Reports that a projection has to be built again from the log.</summary>
    public void ReportLost(IProjectionFile file, string reason, bool atStart = false) =>
        lost.Report(new LostProjection(file.Projection, reason, file.CompleteAsync) { WasEmptyAtStart = atStart });

    /// <summary>Replaces a file that was found damaged while it was in use. Nobody waits for this, so nothing is thrown.</summary>
    public async Task MendAsync(IProjectionFile file, string reason)
    {
        try
        {
            Stores.Log.SetAside(logger, reason, "set aside");
            await file.ReplaceAsync();
            ReportLost(file, reason);
        }
        catch (Exception error)
        {
            Stores.Log.NotReplaced(logger, file.FileName, error.GetType().Name);
        }
    }
}
