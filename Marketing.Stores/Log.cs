using Microsoft.Extensions.Logging;

namespace Marketing.Stores;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Another process has {Folder} open; waiting for it to exit")]
    public static partial void WaitsForFolder(ILogger logger, string folder);

    [LoggerMessage(3002, LogLevel.Warning, "{Reason}; the file was {Fate}, and the projection will be rebuilt from the log")]
    public static partial void SetAside(ILogger logger, string reason, string fate);

    [LoggerMessage(3003, LogLevel.Error, "{File} is damaged and could not be replaced ({Error}); restart the process to try again")]
    public static partial void NotReplaced(ILogger logger, string file, string error);

    [LoggerMessage(3004, LogLevel.Warning, "Storage:AcceptLogLoss is on: {Loss} Turn it off again, or the next loss will go unnoticed")]
    public static partial void LossAccepted(ILogger logger, string loss);

    [LoggerMessage(3005, LogLevel.Warning, "Storage:AcceptLogLoss is on; turn it off, or a loss will go unnoticed")]
    public static partial void LossWouldBeAccepted(ILogger logger);

    [LoggerMessage(3006, LogLevel.Error, "The log is damaged: {Reason}. Stop the process and restore log.db from a backup")]
    public static partial void LogDamaged(ILogger logger, string reason);

    [LoggerMessage(3007, LogLevel.Information, "Checked every page of {Files} files in {Milliseconds} ms")]
    public static partial void Checked(ILogger logger, int files, long milliseconds);

    [LoggerMessage(3009, LogLevel.Warning, "Could not check the files for damage ({Error})")]
    public static partial void NotChecked(ILogger logger, string error);

    [LoggerMessage(3008, LogLevel.Information, "Released {Count} interactions that a previous process had claimed or postponed")]
    public static partial void LeasesReleased(ILogger logger, long count);
}
