using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// Compares the log with the projections' files, after every store is open and before anything is served or loaded. A log that lacks what
/// a file was made from has lost data, which stops startup. An incomplete file is rebuilt.
/// </summary>
internal sealed class ProjectionGuard(IServiceProvider services, ILogger<ProjectionGuard> logger) : StoreStartup
{
    /// <exception cref="StoreStartupException">The log has lost interactions or was replaced.</exception>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        var context = services.GetRequiredService<ProjectionFileContext>();
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var files = services.GetServices<IProjectionFile>().ToList();
        if (SetAside.Any(options.DataDirectory) || files.Exists(file => file.SetAsideBecause is not null))
        {
            services.GetRequiredService<LostProjections>().NoteHistory();
        }

        var lost = files.Select(file => (File: file, Loss: LossOf(file, context.Log))).Where(one => one.Loss is not null).ToList();
        if (lost.Count > 0 && !options.AcceptLogLoss)
        {
            throw new StoreStartupException(LogLoss.Sentence(lost[0].Loss!));
        }

        foreach (var (file, loss) in lost)
        {
            Log.LossAccepted(logger, loss!);
            services.GetRequiredService<LostProjections>().NoteHistory();
            await file.ReplaceAsync();

            // Do not report it as empty at startup: the store may still hold in memory what the log does not have.
            context.ReportLost(file, loss!.TrimEnd('.'));
        }

        if (lost.Count > 0)
        {
            // The vector index has no mark of its log: report it as lost too, so that it is rebuilt like the others.
            services.GetRequiredService<LostProjections>().Report(
                new LostProjection(ProjectionNames.Vectors, lost[0].Loss!.TrimEnd('.'), static _ => Task.CompletedTask));
        }

        if (options.AcceptLogLoss && lost.Count == 0)
        {
            Log.LossWouldBeAccepted(logger);
        }

        foreach (var file in files.Except(lost.Select(one => one.File)).Where(file => !file.Mark.IsComplete))
        {
            await FillAsync(file, context, cancellationToken);
        }
    }

    /// <summary>Describes what the file has and the log lacks; null when nothing is lost.</summary>
    private static string? LossOf(IProjectionFile file, LogPosition log)
    {
        if (file.Mark.LogId is not { } made || log.LogId is not { } present)
        {
            return null;
        }

        return made != present
            ? $"The log is not the one that {file.FileName} was built from ({present[..8]} instead of {made[..8]}); it was replaced or recreated."
            : log.IsNumbered && file.Mark.Sequence > log.Sequence
                ? $"The log ends at interaction {log.Sequence}, but {file.FileName} was built from {file.Mark.Sequence}: the log has lost the last {file.Mark.Sequence - log.Sequence}."
                : null;
    }

    /// <summary>Marks a new file of an empty log as complete, because nothing is missing in it; reports any other as lost.</summary>
    private static Task FillAsync(IProjectionFile file, ProjectionFileContext context, CancellationToken cancellationToken)
    {
        if (context.Log is { LogId: not null, IsNumbered: true, Sequence: 0 } && file.SetAsideBecause is null)
        {
            return file.CompleteAsync(cancellationToken);
        }

        context.ReportLost(file, file.SetAsideBecause ?? $"{file.FileName} was missing, empty or incomplete", atStart: true);
        return Task.CompletedTask;
    }
}
