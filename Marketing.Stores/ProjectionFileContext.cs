using Marketing.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>What all projection files share: where they are, which log they follow, and how one is replaced.</summary>
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

    /// <summary>Whether other processes may open the remaining files, because graph and vectors are on servers.</summary>
    public bool IsShared =>
        !string.IsNullOrEmpty(configuration.GetConnectionString("milvus")) && !string.IsNullOrEmpty(configuration.GetConnectionString("neo4j"));

    /// <summary>Moves a file out of the way, which only the owner of the folder may do.</summary>
    /// <param name="path">The closed file.</param>
    /// <param name="reason">What is wrong with it; null when that was already logged.</param>
    public void SetAside(string path, string? reason = null)
    {
        if (IsShared)
        {
            throw new StoreStartupException(
                $"{reason ?? Path.GetFileName(path)}, and several processes share the file: stop all of them, delete {path} with its -wal and -shm files, and start one, which refills the file from the log.");
        }

        services.GetRequiredService<DataFolderOwner>().Take();
        string? kept = Sqlite.Engine.SetAside.Move(path, time.GetUtcNow(), storage.Value.SetAsideCopies);
        if (reason is not null)
        {
            Stores.Log.SetAside(logger, reason, kept is null ? "deleted" : $"kept as {Path.GetFileName(kept)}");
        }
    }

    /// <summary>Reports that a projection must be rebuilt from the log.</summary>
    public void ReportLost(IProjectionFile file, string reason, bool atStart = false) =>
        lost.Report(new LostProjection(file.Projection, reason, file.CompleteAsync) { WasEmptyAtStart = atStart });

    /// <summary>Replaces a file that was found damaged while in use; nobody awaits this, so it never throws.</summary>
    public async Task ReplaceDamagedAsync(IProjectionFile file, string reason)
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
