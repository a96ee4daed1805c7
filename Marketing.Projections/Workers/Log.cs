using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Workers;

/// <summary>Log messages of the projections; errors whose message could quote a chat are logged by type only.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "Projection {Projection} cannot be updated right now ({Error}); {Count} interactions will be retried")]
    public static partial void Unavailable(ILogger logger, string projection, string error, int count);

    [LoggerMessage(4002, LogLevel.Warning, "An interaction was set aside as dead letter {Letter}: projection {Projection} failed on it {Times} times while others succeeded, with {Error}")]
    public static partial void SetAside(ILogger logger, string letter, string projection, int times, string error);

    [LoggerMessage(4003, LogLevel.Error, "The projector failed ({Error}); retrying in {Delay}")]
    public static partial void Stalled(ILogger logger, string error, TimeSpan delay);

    [LoggerMessage(4004, LogLevel.Warning, "Could not drop the cached answers of {Count} users ({Error}); they remain until they expire")]
    public static partial void NotInvalidated(ILogger logger, int count, string error);

    [LoggerMessage(4005, LogLevel.Warning, "The vector index is empty but the log is not; projecting {Count} chats again")]
    public static partial void Refilling(ILogger logger, long count);

    [LoggerMessage(4006, LogLevel.Information, "Finished {Count} erasures")]
    public static partial void ErasuresFinished(ILogger logger, int count);

    [LoggerMessage(4007, LogLevel.Warning, "Housekeeping failed ({Error}); it will be retried")]
    public static partial void HousekeepingFailed(ILogger logger, string error);

    [LoggerMessage(4008, LogLevel.Warning, "A batch of {Count} interactions took longer than its lease; it will be claimed again")]
    public static partial void LeaseLost(ILogger logger, int count);

    [LoggerMessage(4009, LogLevel.Warning, "Rebuilding projection {Projection} from the log: {Reason}. Answers are incomplete until it is done")]
    public static partial void Rebuilding(ILogger logger, string projection, string reason);

    [LoggerMessage(4010, LogLevel.Information, "Rebuilt projection {Projection} from {Interactions} interactions in {Duration}")]
    public static partial void Rebuilt(ILogger logger, string projection, long interactions, TimeSpan duration);

    [LoggerMessage(4011, LogLevel.Error, "Could not rebuild a lost projection ({Error}); retrying in {Delay}")]
    public static partial void RebuildFailed(ILogger logger, string error, TimeSpan delay);
}
